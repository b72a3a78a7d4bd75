import { formatAmount } from '@pledgeline/csv-core/map';

/** A row of a table for clients. A blank text, which means "blank in the file" in the tables, becomes null. */
export function presentRecord(row: object): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, presentValue(value)]));
}

/** An amount as the database gives it. */
interface Amount {
  toFixed(): string;
}

interface Pledge {
  readonly currency: string | null;
  readonly amount: Amount | null;
  readonly shippingAmount: Amount | null;
  readonly bonusAmount: Amount | null;
  readonly items: readonly { readonly unitPrice: Amount | null }[];
}

/** As {@link presentRecord}. */
export function presentPledge(pledge: Pledge): Readonly<Record<string, unknown>> {
  const { currency, items } = pledge;
  return {
    ...presentRecord(pledge),
    amount: presentAmount(pledge.amount, currency),
    shippingAmount: presentAmount(pledge.shippingAmount, currency),
    bonusAmount: presentAmount(pledge.bonusAmount, currency),
    items: items.map((item) => ({
      ...presentRecord(item),
      unitPrice: presentAmount(item.unitPrice, currency),
    })),
  };
}

/** As {@link presentRecord}. */
export function presentProduct(
  product: object & { readonly price: Amount | null; readonly currency: string | null },
): Readonly<Record<string, unknown>> {
  return { ...presentRecord(product), price: presentAmount(product.price, product.currency) };
}

/** A currency is blank where a file has taken it away. */
function presentAmount(amount: Amount | null, currency: string | null): string | null {
  return amount && formatAmount(amount.toFixed(), currency || null);
}

function presentValue(value: unknown): unknown {
  if (value === '') return null;
  // A count of units. It is below 2^53, so a JSON number is exact.
  if (typeof value === 'bigint') return Number(value);
  if (Array.isArray(value)) return value.map(presentValue);
  // Dates serialize themselves.
  const isPlain =
    typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
  return isPlain ? presentRecord(value) : value;
}
