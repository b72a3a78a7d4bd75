import type { Money } from '../values/money.js';
import type { FieldDefinition, RecordPart } from './field-definition.js';
import { dateTime, type FieldKind, money } from './field-kinds.js';
import { fieldTable } from './field-table.js';

/** The name of a canonical field, which a column can fill. */
export type Field = keyof typeof fieldTable;

/** For each field the type of its values. */
export type FieldValues = {
  readonly [F in Field]: (typeof fieldTable)[F]['kind'] extends FieldKind<infer T> ? T : never;
};

/** The table of fields, by name. */
export const fields: { readonly [F in Field]: FieldDefinition<FieldValues[F]> } = fieldTable;

/** Whether a word names a field. */
export function isField(word: string): word is Field {
  return Object.hasOwn(fields, word);
}

/** The names of all fields, in the order of the table. */
export const fieldNames: readonly Field[] = Object.keys(fields).filter(isField);

/** The fields that belong to one part of a record. */
export function fieldsOf(part: RecordPart): readonly Field[] {
  return fieldNames.filter((field) => fields[field].part === part);
}

/** The fields with amounts, which are read with the currency of their row. */
type MoneyField = { [F in Field]: FieldValues[F] extends Money ? F : never }[Field];

/** Whether the field holds amounts, which are read with the currency of their row. */
export function isMoneyField(field: Field): field is MoneyField {
  return fields[field].kind === money;
}

/** Whether the field holds dates. */
export function isDateField(field: Field): boolean {
  return fields[field].kind === dateTime;
}

/** The fields of which one is enough to say which product or reward a row is about. */
export const productNameFields: readonly Field[] = ['productSku', 'productName', 'rewardId', 'rewardTitle'];
