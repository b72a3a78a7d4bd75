import type { MappedRecord } from '../schemas/mapped-record.js';
import type { Mapping } from './compile-mapping.js';
import type { Field } from './row-fields.js';

/** Where something in a record comes from. */
export interface RecordPlace {
  /** The file's header of the column, or null when no single column stands behind the place. */
  readonly header: string | null;
  /** The text that stands there in the record. */
  readonly value: string | null;
}

/** Fields that could have filled a place whose name is not that of a field, likeliest first. */
const fieldsBehind: Readonly<Record<string, readonly Field[]>> = {
  'backer.identity': ['backerExternalId', 'externalId'],
  'backer.name': ['backerName', 'firstName', 'lastName'],
  'backer.billingCountryRaw': ['billingCountry'],
  'pledge.shippingCountryRaw': ['shippingCountry'],
  'pledge.statusRaw': ['status'],
  'survey.answeredAt': ['surveyAnsweredAt'],
  'REWARD.key': ['rewardId', 'rewardTitle', 'rewardPrice'],
  'REWARD.name': ['rewardTitle', 'rewardId', 'rewardPrice'],
  'ITEM.key': ['productSku', 'productName'],
  'ITEM.name': ['productName', 'productSku'],
  'ITEM.sku': ['productSku'],
};

/** Traces a place in a record, as Zod names it, back to the column of the file. */
export function recordPlace(
  path: readonly PropertyKey[],
  record: MappedRecord,
  mapping: Mapping,
): RecordPlace {
  const [group = '', second = '', third = ''] = path.map(String);
  const at = Number(second);
  if (group === 'survey' && second === 'answers') {
    const answer = record.survey?.answers[Number(third)];
    return { header: answer?.question ?? null, value: answer?.answer ?? null };
  }
  if (group === 'pledge' && second === 'extra') {
    return { header: third, value: record.pledge.extra?.[third] ?? null };
  }
  if (group === 'pledge' && second === 'items') {
    const item = record.pledge.items?.[Number(third)];
    return { header: item ? headerOf(`${item.kind}.key`, mapping) : null, value: item?.productKey ?? null };
  }
  const product = group === 'products' ? record.products[at] : undefined;
  if (product)
    return { header: headerOf(`${product.kind}.${third}`, mapping), value: textAt(product, third) };
  const part = group === 'backer' ? record.backer : group === 'pledge' ? record.pledge : null;
  return { header: headerOf(`${group}.${second}`, mapping), value: part && textAt(part, second) };
}

function headerOf(place: string, mapping: Mapping): string | null {
  const name = place.slice(place.indexOf('.') + 1);
  for (const field of fieldsBehind[place] ?? []) {
    const header = mapping.headerOf.get(field);
    if (header !== undefined) return header;
  }
  for (const [field, header] of mapping.headerOf) if (field === name) return header;
  return null;
}

function textAt(part: object, name: string): string | null {
  const found = Object.entries(part).find(([key]) => key === name)?.[1];
  return typeof found === 'string' ? found : null;
}
