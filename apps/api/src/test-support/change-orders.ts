import { z } from 'zod';

const header =
  'Order ID,Email,Name,Shipping Address 1,Shipping City,Total,Currency,Payment Status,Product,Quantity';

/** What a row of {@link ordersCsv} says, other than every row does. */
interface Order {
  readonly number: number | string;
  readonly name?: string;
  readonly city?: string;
  readonly total?: string;
  readonly quantity?: number;
}

/** A file of orders of lamps. A bare number is an order of which nothing is special. */
export function ordersCsv(...orders: readonly (number | Order)[]): string {
  const lines = orders.map((each) => {
    const {
      number,
      name = `P${typeof each === 'number' ? each : each.number}`,
      city = 'Rome',
      total = '10.00',
      quantity = 1,
    } = typeof each === 'number' ? { number: each } : each;
    return `${number},b${number}@example.com,${name},Street 1,${city},${total},EUR,paid,Lamp,${quantity}`;
  });
  return [header, ...lines, ''].join('\n');
}

/** An order whose total is no amount, so that it is rejected. */
export const brokenOrder: Order = { number: 9, total: 'much' };

const value = z.union([z.string(), z.array(z.unknown())]).nullable();

const changesSchema = z.looseObject({
  changes: z.array(
    z.strictObject({
      type: z.string(),
      id: z.string(),
      kind: z.string(),
      name: z.string(),
      fields: z.array(
        z.strictObject({ field: z.string(), part: z.string().nullable(), before: value, after: value }),
      ),
    }),
  ),
  next: z.string().nullable(),
  previous: z.string().nullable(),
  status: z.string(),
  draft: z.looseObject({ kind: z.string(), status: z.string() }),
});

/** Parses the answer of `GET …/changes`. */
export async function readChanges(response: Response) {
  return changesSchema.parse(await response.json());
}

/** Changes in words, sorted: `changed pledge 2 shippingCity Rome → Oslo`. */
export function inWords({ changes }: Awaited<ReturnType<typeof readChanges>>): readonly string[] {
  return changes
    .flatMap(({ type, kind, name, fields }) => {
      const what = `${kind} ${type} ${name}`;
      if (kind !== 'changed') return [what];
      return fields.map(({ field, before, after }) => `${what} ${field} ${said(before)} → ${said(after)}`);
    })
    .sort();
}

const said = (cell: z.infer<typeof value>) => (typeof cell === 'string' ? cell : JSON.stringify(cell));
