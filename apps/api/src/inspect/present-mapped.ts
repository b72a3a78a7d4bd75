import type { MappedRecord } from '@pledgeline/csv-core';
import { formatAmount } from '@pledgeline/csv-core/map';

/** A record as an import would store it, with amounts as all answers write them. */
export function presentMapped(record: MappedRecord): MappedRecord {
  const { pledge, products } = record;
  return {
    ...record,
    pledge: pledge && presentPledge(pledge),
    products: products.map((product) => ({
      ...product,
      price: product.price && formatAmount(product.price, product.currency),
    })),
  };
}

function presentPledge(pledge: NonNullable<MappedRecord['pledge']>): MappedRecord['pledge'] {
  const written = (amount: string | null) => amount && formatAmount(amount, pledge.currency);
  return {
    ...pledge,
    amount: written(pledge.amount),
    shippingAmount: written(pledge.shippingAmount),
    bonusAmount: written(pledge.bonusAmount),
    items: pledge.items?.map((item) => ({ ...item, unitPrice: written(item.unitPrice) })) ?? null,
  };
}
