import type { Schemas } from '@pledgeline/client';
import { findPlatform, type MapKeysOptions, resolveColumns } from '@pledgeline/csv-core';
import { damageSchema, mapOptions } from '@pledgeline/csv-core/map';

/** How the file was read that the rows are of, as the API says it. */
export type FileReading = Schemas['FileReading'];

/** A meaning of columns that decides how they are corrected. */
export type Field = 'date' | 'amount' | 'currency' | 'country';

const kinds: Readonly<Record<string, Field>> = {
  pledgedAt: 'date',
  refundedAt: 'date',
  canceledAt: 'date',
  surveyAnsweredAt: 'date',
  amount: 'amount',
  shippingAmount: 'amount',
  bonusAmount: 'amount',
  refundedAmount: 'amount',
  rewardPrice: 'amount',
  productPrice: 'amount',
  currency: 'currency',
  shippingCountry: 'country',
  billingCountry: 'country',
};

/** The options with which the rows were mapped, and will be when they come back. */
export function readingOptions(headers: readonly string[], reading: FileReading): MapKeysOptions {
  const { damage } = reading;
  return mapOptions({
    ...reading,
    damage:
      damage === null
        ? undefined
        : damageSchema.parse({
            ...damage,
            // A person may write into any column what looks damaged.
            suspects: headers.map((_, position) => position),
            garbled: null,
            sumLines: [],
          }),
  });
}

/** What the columns are, by position. */
export function fieldsOf(
  headers: readonly string[],
  { platform: name, columns }: Pick<FileReading, 'platform' | 'columns'>,
): readonly (Field | null)[] {
  if (columns !== null) {
    const byPosition = new Map(columns.map(({ position, as }) => [position, as]));
    return headers.map((_, position) => kinds[byPosition.get(position) ?? ''] ?? null);
  }
  const platform = findPlatform(name);
  if (platform === undefined) return headers.map(() => null);
  return resolveColumns(headers, platform).map((column) =>
    column.role === 'field' ? (kinds[column.column.field] ?? null) : null,
  );
}
