import type { BackerRecord } from '../schemas/backer.js';
import { compileGuard } from '../schemas/compile-guard.js';
import { type MappedRecord, mappedRecordSchema } from '../schemas/mapped-record.js';
import type { PledgeItemRecord, PledgeRecord } from '../schemas/pledge.js';
import type { SurveyRecord } from '../schemas/survey.js';
import { buildItems } from './build-items.js';
import type { Mapping } from './compile-mapping.js';
import type { NamedText, RowValues } from './read-row.js';
import { recordPlace } from './record-place.js';
import type { Field, RowFields } from './row-fields.js';
import { addIssue, type RowIssues } from './row-issues.js';

/**
 * Puts the read cells of a row together as a record and validates it. Null when the row is rejected; `issues`
 * then holds at least one error.
 */
export function buildRecord(values: RowValues, mapping: Mapping, issues: RowIssues): MappedRecord | null {
  checkRequired(values.fields, mapping, issues);
  const { externalId } = values.fields;
  if (externalId === null || issues.rejected) return null;
  dropUnconfirmedAddress(values.fields, mapping, issues);
  const { items, products } = buildItems(values, mapping);
  const candidate = {
    row: issues.row,
    line: issues.line,
    backer: buildBacker(values.fields, externalId, mapping, issues),
    pledge: buildPledge(values, externalId, items, mapping, issues),
    products,
    survey: buildSurvey(values),
  };
  if (issues.rejected) return null;
  return validate(candidate, mapping, issues);
}

function checkRequired(fields: RowFields, mapping: Mapping, issues: RowIssues): void {
  for (const { field, header } of mapping.required) {
    if (fields[field] !== null || issues.issues.some((issue) => issue.column === header)) continue;
    const message = mapping.headerOf.has(field)
      ? `"${header}" is blank. Every row needs a value there.`
      : `The file has no column "${header}". Export it with that column.`;
    addIssue(issues, 'error', 'missing_value', message, header);
  }
  if (mapping.platform.statusRequired && fields.status === null && !issues.rejected) {
    addIssue(issues, 'error', 'missing_value', 'The row has no payment status.');
  }
}

const addressFields = [
  'shippingName',
  'shippingAddress1',
  'shippingAddress2',
  'shippingCity',
  'shippingState',
  'shippingPostalCode',
  'shippingCountry',
  'shippingPhone',
] as const satisfies readonly Field[];

/** On some platforms an address that nobody confirmed is only a guess: it must not be shipped to. */
function dropUnconfirmedAddress(fields: RowFields, mapping: Mapping, issues: RowIssues): void {
  const proof = mapping.platform.addressRequires;
  if (proof === null || fields[proof] !== null || !mapping.headerOf.has(proof)) return;
  if (fields.shippingAddress1 !== null) {
    const message = 'The address is left out because the survey is not answered.';
    addIssue(
      issues,
      'warning',
      'unconfirmed_address',
      message,
      mapping.headerOf.get('shippingAddress1') ?? null,
    );
  }
  for (const field of addressFields) fields[field] = null;
}

function buildBacker(
  fields: RowFields,
  externalId: string,
  mapping: Mapping,
  issues: RowIssues,
): BackerRecord {
  if (fields.email === null) {
    const message = 'The backer has no e-mail address, so their pledges in other files cannot be recognised.';
    addIssue(issues, 'warning', 'missing_email', message, mapping.headerOf.get('email') ?? null);
  }
  const { name } = mapping.platform;
  const person = fields.backerExternalId
    ? `${name}:${fields.backerExternalId}`
    : `${name}:pledge:${externalId}`;
  const parts = [fields.firstName, fields.lastName].filter((part) => part !== null);
  return {
    identity: fields.email?.identity ?? person,
    email: fields.email?.email ?? null,
    name: fields.backerName ?? (parts.length > 0 ? parts.join(' ') : null),
    billingState: fields.billingState,
    billingCountry: fields.billingCountry?.code ?? null,
    billingCountryRaw: fields.billingCountry?.raw ?? null,
  };
}

/** Written out as one literal: spreading parts together costs more than everything else in a row. */
function buildPledge(
  values: RowValues,
  externalId: string,
  items: PledgeItemRecord[],
  mapping: Mapping,
  issues: RowIssues,
): PledgeRecord {
  const { fields, extras } = values;
  return {
    platform: mapping.platform.name,
    externalId,
    status: fields.status?.status ?? null,
    statusRaw: fields.status?.raw ?? null,
    amount: fields.amount?.amount ?? null,
    shippingAmount: fields.shippingAmount?.amount ?? null,
    bonusAmount: fields.bonusAmount?.amount ?? null,
    currency: oneCurrency(values, mapping, issues),
    pledgedAt: fields.pledgedAt,
    fulfillment: fields.fulfillment,
    notes: fields.notes,
    shippingName: fields.shippingName,
    shippingAddress1: fields.shippingAddress1,
    shippingAddress2: fields.shippingAddress2,
    shippingCity: fields.shippingCity,
    shippingState: fields.shippingState,
    shippingPostalCode: fields.shippingPostalCode,
    shippingCountry: fields.shippingCountry?.code ?? null,
    shippingCountryRaw: fields.shippingCountry?.raw ?? null,
    shippingPhone: fields.shippingPhone,
    deliveryNotes: fields.deliveryNotes,
    items: mapping.tellsItems ? items : null,
    extra: extras.length > 0 ? buildExtra(extras) : null,
  };
}

/** The names are unique, and none is `__proto__`: the mapping sees to that. */
function buildExtra(extras: readonly NamedText[]): Record<string, string> {
  const extra: Record<string, string> = {};
  for (const { name, text } of extras) extra[name] = text;
  return extra;
}

/** A pledge has one currency: two in one row cannot be added up. */
function oneCurrency({ fields, cells }: RowValues, mapping: Mapping, issues: RowIssues): string | null {
  let currency = fields.currency;
  for (const field of amountFields) {
    const other = fields[field]?.currency ?? null;
    if (other === null || other === currency) continue;
    if (currency !== null) {
      const message = `The row has amounts in ${currency} and in ${other}. Write all amounts of a pledge in one currency.`;
      const column = mapping.fields.find((one) => one.field === field && cells[one.position]?.trim());
      const cell = column && cells[column.position];
      addIssue(issues, 'error', 'mixed_currencies', message, column?.header, cell);
    }
    currency ??= other;
  }
  return currency;
}

const amountFields = ['amount', 'shippingAmount', 'bonusAmount'] as const satisfies readonly Field[];

/** Null when neither a time nor an answer is given: a blank survey never erases an earlier one. */
function buildSurvey(values: RowValues): SurveyRecord | null {
  const answeredAt = values.fields.surveyAnsweredAt;
  if (answeredAt === null && values.answers.length === 0) return null;
  const answers = values.answers.map(({ position, name, text }) => ({
    position,
    question: name,
    answer: text,
  }));
  return { answeredAt, answers: answers.sort((a, b) => a.position - b.position) };
}

const isSurelyValid = compileGuard(mappedRecordSchema);

/** Last gate before a record leaves: whatever gets through here fits the tables. */
function validate(candidate: MappedRecord, mapping: Mapping, issues: RowIssues): MappedRecord | null {
  if (isSurelyValid(candidate)) return candidate;
  const parsed = mappedRecordSchema.safeParse(candidate);
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) {
    const { header, value } = recordPlace(issue.path, candidate, mapping);
    const tooLong = issue.code === 'too_big' && issue.origin === 'string';
    const message = tooLong
      ? `The text is longer than ${issue.maximum} characters. Shorten it.`
      : `${issue.path.join('.')}: ${issue.message}. Correct the cell.`;
    addIssue(issues, 'error', tooLong ? 'value_too_long' : 'invalid_value', message, header, value);
  }
  return null;
}
