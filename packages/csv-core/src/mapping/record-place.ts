import type { Field } from '../fields/fields.js';
import type { ItemPart } from '../header/item-columns.js';
import type { MappedRecord } from '../schemas/mapped-record.js';
import type { Mapping } from './compile-mapping.js';

/** The origin of a value in a record. */
export interface RecordPlace {
  /** The header of its column as the file writes it; null when it is not from a single column. */
  readonly header: string | null;
  /** The value as text. */
  readonly value: string | null;
}

/** For a place that is not named like a field: the fields that can fill it, likeliest first. */
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
  'ITEM.quantity': ['quantity'],
};

/** The parts of an item group that can fill a place, likeliest first. */
const partsBehind: Readonly<Record<string, readonly ItemPart[]>> = {
  'ITEM.key': ['sku', 'name'],
  'ITEM.name': ['name', 'sku'],
  'ITEM.sku': ['sku'],
  'ITEM.quantity': ['quantity'],
  'ITEM.price': ['unitPrice'],
};

/** Finds the column of the file for a place in a record, given as the path of a Zod issue. */
export function traceToFile(
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
    return { header: third, value: record.pledge?.extra?.[third] ?? null };
  }
  if (group === 'pledge' && second === 'items') {
    const item = record.pledge?.items?.[Number(third)];
    if (item === undefined) return { header: null, value: null };
    if (path[3] !== 'quantity')
      return { header: headerOf(`${item.kind}.key`, mapping), value: item.productKey };
    const counted = mapping.counts.find(({ product }) => product.key === item.productKey);
    const header = counted?.header ?? headerOf('ITEM.quantity', mapping);
    return { header, value: String(item.quantity) };
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
  for (const part of partsBehind[place] ?? []) {
    const column = mapping.items.flat().find((one) => one.part === part);
    if (column !== undefined) return column.header;
  }
  return null;
}

function textAt(part: object, name: string): string | null {
  const found = Object.entries(part).find(([key]) => key === name)?.[1];
  return typeof found === 'string' ? found : null;
}
