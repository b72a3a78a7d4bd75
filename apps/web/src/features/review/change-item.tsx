import type { ReactNode } from 'react';
import { useSpeech } from '../../texts/texts.js';
import type { RecordChange } from './change-queries.js';
import { BackerName, ProductName } from './record-name.js';
import { currencyOf, type FieldChange, nameField, writeValue } from './write-value.js';

interface ChangeItemProps {
  readonly change: RecordChange;
  /** Whether a pledge that the file does not name is gone, and not only missing. */
  readonly isComplete: boolean;
  /** The only one of the campaign, or null. */
  readonly currency: string | null;
  readonly products: ReadonlyMap<string, string>;
}

const tones: Readonly<Record<RecordChange['kind'], string>> = {
  created: 'tag good',
  changed: 'tag doubt',
  unchanged: 'tag',
  removed: 'tag wrong',
  missing: 'tag wrong',
};

/** Of a record as a whole these say nothing new: its person is listed as well, its amounts have the currency, and others say it in words. */
const repeated: ReadonlySet<string> = new Set([
  'backerId',
  'currency',
  'statusRaw',
  'shippingCountryRaw',
  'billingCountryRaw',
]);

/** One record and what happens to it, field by field. */
export function ChangeItem({
  change,
  isComplete,
  currency: ofCampaign,
  products,
}: ChangeItemProps): ReactNode {
  const { texts } = useSpeech();
  const { kind, type, name } = change;
  const currency = currencyOf(change, ofCampaign);
  const isWhole = kind === 'created' || kind === 'removed';
  const fields = isWhole ? change.fields.filter(({ field }) => !repeated.has(field)) : change.fields;
  return (
    <article className="change">
      <div className="row">
        <span className={kind === 'missing' && !isComplete ? 'tag' : tones[kind]}>
          {kind === 'missing' && isComplete ? texts.review.kinds.gone : texts.review.kinds[kind]}
        </span>
        <span>
          <span className="quiet">{texts.review.types[type]}</span> <strong>{name}</strong>
        </span>
      </div>
      {fields.length > 0 && (
        <dl className={isWhole ? 'cells' : 'diff'}>
          {fields.map((field) => (
            <div key={`${field.field} ${field.part}`}>
              <dt>{nameField(field, texts)}</dt>
              <dd>
                {isWhole ? (
                  <Value
                    field={field}
                    value={field.after ?? field.before}
                    currency={currency}
                    products={products}
                  />
                ) : (
                  <Difference field={field} currency={currency} products={products} />
                )}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </article>
  );
}

interface FieldProps {
  readonly field: FieldChange;
  readonly currency: string | null;
  readonly products: ReadonlyMap<string, string>;
}

function Difference({ field, ...rest }: FieldProps): ReactNode {
  const { texts } = useSpeech();
  return (
    <>
      <span className="unseen">{texts.review.before}: </span>
      <span className="old">
        <Value field={field} value={field.before} {...rest} />
      </span>
      <span aria-hidden="true" className="quiet">
        {' → '}
      </span>
      <span className="unseen">; {texts.review.after}: </span>
      <span className="new">
        <Value field={field} value={field.after} {...rest} />
      </span>
    </>
  );
}

function Value({
  field: { field },
  value,
  currency,
  products,
}: FieldProps & { readonly value: FieldChange['after'] }): ReactNode {
  const { texts, format } = useSpeech();
  if (value === null || value.length === 0) return <i>{texts.review.nothing}</i>;
  if (field === 'backerId' && typeof value === 'string') return <BackerName id={value} />;
  if (typeof value === 'string') return writeValue(field, value, { texts, format, currency });
  return value.map(({ productId, quantity, unitPrice }, at) => (
    <span key={productId}>
      {at > 0 && ', '}
      {format.number(quantity)} × <ProductName id={productId} known={products} />
      {unitPrice !== null && ` (${format.money(unitPrice, currency)})`}
    </span>
  ));
}
