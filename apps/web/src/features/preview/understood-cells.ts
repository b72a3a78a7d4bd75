import type { MappedRecord } from '@pledgeline/csv-core';
import type { Meaning } from './preview.js';

type Read = (record: MappedRecord) => string | null | undefined;

const withCurrency =
  (member: 'amount' | 'shippingAmount' | 'bonusAmount'): Read =>
  ({ pledge }) =>
    pledge?.[member] == null ? null : [pledge[member], pledge.currency].filter(Boolean).join(' ');

/** Where the value of a field is in a record. Those that are texts stay as they are, and are left out. */
const readers: Partial<Readonly<Record<Meaning, Read>>> = {
  email: ({ backer }) => backer.email,
  backerName: ({ backer }) => backer.name,
  billingCountry: ({ backer }) => backer.billingCountry,
  status: ({ pledge }) => pledge?.status,
  amount: withCurrency('amount'),
  shippingAmount: withCurrency('shippingAmount'),
  bonusAmount: withCurrency('bonusAmount'),
  currency: ({ pledge }) => pledge?.currency,
  pledgedAt: ({ pledge }) => pledge?.pledgedAt,
  surveyAnsweredAt: ({ survey }) => survey?.answeredAt,
  externalId: ({ pledge }) => pledge?.externalId,
  shippingPostalCode: ({ pledge }) => pledge?.shippingPostalCode,
  shippingCountry: ({ pledge }) => pledge?.shippingCountry,
  shippingPhone: ({ pledge }) => pledge?.shippingPhone,
};

/** Finds how the cell of a row was understood; null where the row is rejected, or the meaning is a plain text. */
export function understoodCells(
  records: readonly MappedRecord[],
): (row: number, meaning: Meaning | null) => string | null {
  const byRow = new Map(records.map((record) => [record.row, record]));
  return (row, meaning) => {
    const record = byRow.get(row);
    const read = meaning === null ? undefined : readers[meaning];
    return record === undefined ? null : (read?.(record) ?? null);
  };
}
