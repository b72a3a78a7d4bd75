import type { Format } from '../../format/format.js';
import type { Texts } from '../../texts/texts.js';
import type { RecordChange, Totals } from './change-queries.js';

export type FieldChange = RecordChange['fields'][number];

const amounts: ReadonlySet<string> = new Set(['amount', 'shippingAmount', 'bonusAmount', 'price']);
const instants: ReadonlySet<string> = new Set(['pledgedAt', 'answeredAt']);
const countries: ReadonlySet<string> = new Set(['shippingCountry', 'billingCountry']);

interface Writing {
  readonly texts: Texts;
  readonly format: Format;
  /** Of the record, where the change names it. */
  readonly currency: string | null;
}

/** The text of a field as a person writes it. */
export function writeValue(field: string, text: string, { texts, format, currency }: Writing): string {
  if (amounts.has(field)) return format.money(text, currency);
  if (instants.has(field) && !Number.isNaN(Date.parse(text))) return format.dateTime(text);
  if (countries.has(field)) return format.country(text);
  if (field === 'status' && isStatus(text, texts)) return texts.statuses[text];
  return text;
}

function isStatus(text: string, { statuses }: Texts): text is keyof Texts['statuses'] {
  return Object.hasOwn(statuses, text);
}

/** What a field is called. Answers and extra columns go by their question or header. */
export function nameField({ field, part }: Pick<FieldChange, 'field' | 'part'>, texts: Texts): string {
  if (part !== null) return part;
  const names: Readonly<Record<string, string>> = texts.review.fields;
  return Object.hasOwn(names, field) ? (names[field] ?? field) : field;
}

/** The currency of a record: the one that its change says, or else the only one of the campaign, which is null if it has several. */
export function currencyOf(
  { fields }: Pick<RecordChange, 'fields'>,
  ofCampaign: string | null,
): string | null {
  const currency = fields.find(({ field }) => field === 'currency');
  const said = currency?.after ?? currency?.before;
  return typeof said === 'string' ? said : ofCampaign;
}

/** The only currency of a campaign, before and after; null if it has several, or nothing is known of it. */
export function onlyCurrency({ campaign }: Pick<Totals, 'campaign'>): string | null {
  const [currency = null, ...others] = new Set(campaign?.money.map((each) => each.currency));
  return others.length === 0 ? currency : null;
}
