import type * as z from 'zod/mini';
import type { StatusValue } from '../fields/field-kinds.js';
import { type Field, fieldsOf, isMoneyField } from '../fields/fields.js';
import { quoteForIssue } from '../issue.js';
import type { Platform } from '../platforms/platform.js';
import type { BackerRecord } from '../schemas/backer.js';
import { parserOf } from '../schemas/compiled-parser.js';
import { maxLineLength } from '../schemas/lengths.js';
import { type MappedRecord, mappedRecordSchema } from '../schemas/mapped-record.js';
import { maxPledgeItems, type PledgeItemRecord, type PledgeRecord } from '../schemas/pledge.js';
import type { SurveyRecord } from '../schemas/survey.js';
import { storableText } from '../text/shown-text.js';
import { isBlankCell } from './blank-cell.js';
import { buildItems } from './build-items.js';
import { passes, textThatFits } from './cell-test.js';
import type { Mapping, StatusTest } from './compile-mapping.js';
import { otherKeys, type PledgeKey, pledgeKeyOf } from './pledge-key.js';
import { readReversal } from './read-reversal.js';
import type { NamedText, RowValues } from './read-row.js';
import { traceToFile } from './record-place.js';
import type { RowFields } from './row-fields.js';
import { addIssue, type RowIssues } from './row-issues.js';

/** Gives the issues of the row that has a text in a column. With null, the issues of the order's first row. */
export type IssuesAt = (header: string | null, text: string | null) => RowIssues;

/**
 * Makes a record of the read cells of an order and validates it. Null when it is rejected: then `issues`, or the issues
 * that `issuesAt` gives, have at least one error.
 *
 * @param issues the issues of the order's first row
 */
export function buildRecord(
  values: RowValues,
  mapping: Mapping,
  issues: RowIssues,
  issuesAt: IssuesAt = () => issues,
): MappedRecord | null {
  const { platform } = mapping;
  const status = statusOf(values, mapping, issues);
  checkRequired(values.fields, status, mapping, issues);
  if (issues.rejected) return null;
  if (!platform.holdsPledges) return buildPerson(values, mapping, issues, issuesAt);
  const key = pledgeKeyOf(values.fields, platform);
  if (key === null) return null;
  dropUnconfirmedAddress(values, mapping, issues);
  const { items, products } = buildItems(values, mapping);
  if (items.length > maxPledgeItems) {
    addTooManyItems(items.length, issues);
    return null;
  }
  const person = values.fields.backerExternalId;
  const identity = person ? `${platform.name}:${person}` : `${key.platform}:pledge:${key.externalId}`;
  const candidate = {
    row: issues.row,
    line: issues.line,
    rowCount: values.rows?.length ?? 1,
    backer: buildBacker(values.fields, identity, mapping, issues),
    pledge: buildPledge(values, key, status, items, mapping, issuesAt),
    products,
    survey: buildSurvey(values),
  };
  if (issues.rejected) return null;
  return validate(candidate, mapping, issuesAt);
}

function addTooManyItems(count: number, issues: RowIssues): void {
  const message = `The pledge has ${count} different products, and ${maxPledgeItems} is the most. Check that the columns with numbers are numbers of products, or divide the order into several.`;
  addIssue(issues, 'error', 'too_many_items', message);
}

/** Makes a record of a row in a list of people. */
function buildPerson(
  { fields, rows }: RowValues,
  mapping: Mapping,
  issues: RowIssues,
  issuesAt: IssuesAt,
): MappedRecord | null {
  const identity = `${mapping.platform.name}:${fields.backerExternalId}`;
  const candidate = {
    row: issues.row,
    line: issues.line,
    rowCount: rows?.length ?? 1,
    backer: buildBacker(fields, identity, mapping, issues),
    pledge: null,
    products: [],
    survey: null,
  };
  return validate(candidate, mapping, issuesAt);
}

function checkRequired(
  fields: RowFields,
  status: StatusValue | null,
  mapping: Mapping,
  issues: RowIssues,
): void {
  const { platform } = mapping;
  for (const { field, header } of mapping.required) {
    if (fields[field] === null && !isReplaced(field, fields, status, platform)) {
      addMissing(field, header, mapping, issues);
    }
  }
  if (!platform.holdsPledges && fields.email === null && fields.backerExternalId === null) {
    addMissing('email', mapping.headerOf.get('email') ?? 'Email', mapping, issues);
  }
  if (platform.holdsPledges && platform.statusRequired && status === null && !issues.rejected) {
    const header = mapping.headerOf.get('status') ?? statusTitle(platform);
    addIssue(issues, 'error', 'missing_value', 'The row has no payment status.', header);
  }
}

function statusTitle(platform: Platform): string | null {
  return platform.columns.find(({ field }) => field === 'status')?.title ?? null;
}

/** Whether the row has something else in place of the blank field. */
function isReplaced(
  field: Field,
  fields: RowFields,
  status: StatusValue | null,
  platform: Platform,
): boolean {
  if (field === 'status') return status !== null;
  return field === 'externalId' && pledgeKeyOf(fields, platform) !== null;
}

/** Adds no issue for a cell that already has one, because it could not be read. */
function addMissing(field: Field, header: string, mapping: Mapping, issues: RowIssues): void {
  if (issues.issues.some(({ column, severity }) => column === header && severity === 'error')) return;
  const message = mapping.headerOf.has(field)
    ? `"${header}" is blank. Every row needs a value there.`
    : `The file has no column "${header}". Export it with that column.`;
  addIssue(issues, 'error', 'missing_value', message, header);
}

/**
 * The status of a row. A cancellation or a refund in a column of its own is stronger than the word of the status column,
 * which often stays what it was.
 */
function statusOf(values: RowValues, mapping: Mapping, issues: RowIssues): StatusValue | null {
  const said = statusSaid(values, mapping) ?? statusOfBlank(mapping, issues);
  const reversal = readReversal(values.fields, said?.status ?? null, mapping, issues);
  return reversal === null ? said : { status: reversal, raw: said?.raw ?? null };
}

/** In a file with a column for the status, a blank cell is no word that the pledge is paid. */
function statusOfBlank({ headerOf, platform }: Mapping, issues: RowIssues): StatusValue | null {
  const header = headerOf.get('status');
  if (header === undefined || platform.blankStatus === null || issues.rejected) return null;
  const message = `"${header}" is blank, so nobody knows whether the pledge is paid. It counts as pending. Fill the cell.`;
  addIssue(issues, 'warning', 'blank_status', message, header);
  return { status: platform.blankStatus, raw: null };
}

/**
 * The status by the platform's rules, else that of the status column. The raw word is from the column if it is filled.
 */
function statusSaid({ cells, fields }: RowValues, { statusTests }: Mapping): StatusValue | null {
  for (const test of statusTests) {
    const text = statusText(cells, test);
    if (text === null) continue;
    return { status: test.status, raw: fields.status?.raw ?? storableText(text.slice(0, maxLineLength)) };
  }
  return fields.status;
}

/** The text that decides the status if the cell passes the test, else null. */
function statusText(cells: readonly string[], test: StatusTest): string | null {
  if (test.is === 'filled') return textThatFits(cells, test);
  return isBlankCell(cells[test.position] ?? '') ? `no ${test.header}` : null;
}

const addressFields = fieldsOf('address');

/** On some platforms an address is only a guess until it is confirmed, and must not be shipped to. */
function dropUnconfirmedAddress({ cells, fields }: RowValues, mapping: Mapping, issues: RowIssues): void {
  const proof = mapping.addressProof;
  if (proof === null || passes(cells, proof)) return;
  if (fields.shippingAddress1 !== null) {
    const found = textThatFits(cells, { ...proof, pattern: null });
    const reason = found === null ? 'is blank' : `says "${quoteForIssue(found)}"`;
    const message = `The address is left out because "${proof.header}" ${reason}: nobody has confirmed it for shipping.`;
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

/** @param otherIdentity the identity of a person without an e-mail address */
function buildBacker(
  fields: RowFields,
  otherIdentity: string,
  mapping: Mapping,
  issues: RowIssues,
): BackerRecord {
  if (fields.email === null) {
    const message = 'The backer has no e-mail address, so their pledges in other files cannot be recognised.';
    addIssue(issues, 'warning', 'missing_email', message, mapping.headerOf.get('email') ?? null);
  }
  return {
    identity: fields.email?.identity ?? otherIdentity,
    email: fields.email?.email ?? null,
    name: nameOf(fields),
    billingState: fields.billingState,
    billingCountry: fields.billingCountry?.code ?? null,
    billingCountryRaw: fields.billingCountry?.raw ?? null,
  };
}

/** The name of the person, or its parts. */
export function nameOf({ backerName, firstName, lastName }: RowFields): string | null {
  if (backerName !== null) return backerName;
  const parts = [firstName, lastName].filter((part) => part !== null);
  return parts.length > 0 ? parts.join(' ') : null;
}

/** Written as one object literal, because spreading several objects takes longer than everything else in a row. */
function buildPledge(
  values: RowValues,
  key: PledgeKey,
  status: StatusValue | null,
  items: PledgeItemRecord[],
  mapping: Mapping,
  issuesAt: IssuesAt,
): PledgeRecord {
  const { fields } = values;
  return {
    platform: key.platform,
    externalId: key.externalId,
    status: status?.status ?? null,
    statusRaw: status?.raw ?? null,
    amount: fields.amount?.amount ?? null,
    shippingAmount: fields.shippingAmount?.amount ?? null,
    bonusAmount: fields.bonusAmount?.amount ?? null,
    currency: oneCurrency(values, mapping, issuesAt),
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
    items: mapping.hasItems ? items : null,
    extra: buildExtra(values.extras, otherKeys(fields, key, mapping)),
  };
}

/** The mapping has made sure that the names are unique and that none is `__proto__`. */
function buildExtra(extras: readonly NamedText[], keys: readonly NamedText[]): Record<string, string> | null {
  if (extras.length === 0 && keys.length === 0) return null;
  const extra: Record<string, string> = {};
  for (const { name, text } of keys) extra[name] = text;
  for (const { name, text } of extras) extra[name] = text;
  return extra;
}

/** The currency of a pledge, which can have only one, because amounts in two currencies cannot be added up. */
function oneCurrency({ fields, cells }: RowValues, mapping: Mapping, issuesAt: IssuesAt): string | null {
  let currency = fields.currency;
  for (const field of amountFields) {
    const other = fields[field]?.currency ?? null;
    if (other === null || other === currency) continue;
    if (currency !== null) {
      const message = `The row has amounts in ${currency} and in ${other}. Write all amounts of a pledge in one currency.`;
      const column = mapping.fields.find((one) => one.field === field && cells[one.position]?.trim());
      const cell = column && cells[column.position];
      const issues = issuesAt(column?.header ?? null, cell ?? null);
      addIssue(issues, 'error', 'mixed_currencies', message, column?.header, cell);
    }
    currency ??= other;
  }
  return currency;
}

const amountFields = fieldsOf('pledge').filter(isMoneyField);

/** Null when there is neither a time nor an answer, so that a blank survey never replaces an earlier one. */
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

const parser = parserOf(mappedRecordSchema);

/** The last check of a record: whatever passes fits the tables. Null, with issues, when it does not. */
function validate(candidate: MappedRecord, mapping: Mapping, issuesAt: IssuesAt): MappedRecord | null {
  const parsed = parser.safeParse(candidate);
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) {
    const { header, value } = traceToFile(issue.path, candidate, mapping);
    const isTooLong = issue.code === 'too_big' && issue.origin === 'string';
    addIssue(
      issuesAt(header, value),
      'error',
      isTooLong ? 'value_too_long' : 'invalid_value',
      describeIssue(issue),
      header,
      value,
    );
  }
  return null;
}

function describeIssue(issue: z.core.$ZodIssue): string {
  if (issue.code !== 'too_big')
    return `${issue.path.join('.')} cannot be stored in this form. Correct the cell.`;
  return issue.origin === 'string'
    ? `The text is longer than ${issue.maximum} characters. Shorten it.`
    : `The number is larger than ${issue.maximum}. Correct it.`;
}
