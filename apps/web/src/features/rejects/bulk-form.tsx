import { type FormEvent, type ReactNode, useEffect, useId, useMemo, useState } from 'react';
import { useSpeech } from '../../texts/texts.js';
import type { BulkEdit } from './book/bulk-edits.js';
import type { Field } from './book/file-reading.js';
import type { BookState, BulkChange, BulkOutcome, ReasonGroup } from './book/protocol.js';
import { countryCodes } from './country-codes.js';
import type { RejectsStore } from './rejects-store.js';

interface BulkFormProps {
  readonly store: RejectsStore;
  readonly state: BookState;
  /** Of the group. */
  readonly number: number;
  readonly group: ReasonGroup;
}

type Kind = BulkEdit['kind'];

/** What is filled in; each kind of change uses its part. */
interface Filled {
  readonly kind: Kind;
  readonly order: 'dmy' | 'mdy';
  readonly currency: string;
  readonly country: string;
  readonly find: string;
  readonly by: string;
  readonly isWhole: boolean;
  readonly value: string;
}

const kinds: readonly Kind[] = ['dateOrder', 'currency', 'country', 'trim', 'replace', 'set'];

/** Changes all rows with one reason at once. It says what that would fix before it is done. */
export function BulkForm({ store, state, number, group }: BulkFormProps): ReactNode {
  const { texts, format } = useSpeech();
  const [position, setPosition] = useState(() => Math.max(0, state.headers.indexOf(group.column ?? '')));
  const [filled, setFilled] = useState<Filled>(() => ({
    kind: likelyKind(group.code, state.fields[position] ?? null),
    order: 'dmy',
    currency: 'EUR',
    country: 'US',
    find: '',
    by: '',
    isWhole: false,
    value: '',
  }));
  const columnId = useId();
  const edit = toEdit(filled);
  const change: BulkChange | null = edit === null ? null : { group: number, position, edit };
  const outcome = useOutcome(store, change, state.revision);
  const fill = (part: Partial<Filled>): void => setFilled((all) => ({ ...all, ...part }));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (change !== null) void store.apply(change);
  };
  const open = format.number(group.open);
  return (
    <form className="card" onSubmit={submit} aria-labelledby="bulk">
      <h2 id="bulk">{texts.correcting.bulk(group.open, open)}</h2>
      <div className="filters">
        <div className="field">
          <label htmlFor={columnId}>{texts.rejects.column}</label>
          <select id={columnId} value={position} onChange={({ target }) => setPosition(Number(target.value))}>
            {state.headers.map((header, at) => (
              <option key={at} value={at}>
                {header === '' ? texts.correcting.column(String(at + 1)) : header}
              </option>
            ))}
          </select>
        </div>
        <Choice
          label={texts.correcting.kind}
          value={filled.kind}
          options={kinds.map((kind) => [kind, texts.correcting.kinds[kind]])}
          onChange={(kind) => fill({ kind })}
        />
        <Details filled={filled} fill={fill} />
      </div>
      <div className="row">
        <button type="submit" className="button" disabled={change === null || (outcome?.changed ?? 0) === 0}>
          {texts.correcting.apply(group.open, open)}
        </button>
        <span role="status">
          {outcome !== null &&
            texts.correcting.outcome(
              format.number(outcome.changed),
              format.number(outcome.fixed),
              format.number(outcome.rows),
            )}
        </span>
      </div>
    </form>
  );
}

interface DetailsProps {
  readonly filled: Filled;
  readonly fill: (part: Partial<Filled>) => void;
}

function Details({ filled, fill }: DetailsProps): ReactNode {
  const { texts, language } = useSpeech();
  const words = texts.correcting;
  const names = useMemo(() => namesOf(language), [language]);
  switch (filled.kind) {
    case 'dateOrder':
      return (
        <Choice
          label={texts.mapping.dateOrder}
          value={filled.order}
          options={[
            ['dmy', words.dmy],
            ['mdy', words.mdy],
          ]}
          onChange={(order) => fill({ order })}
        />
      );
    case 'currency':
      return (
        <Choice
          label={words.currency}
          value={filled.currency}
          options={names.currencies}
          onChange={(currency) => fill({ currency })}
        />
      );
    case 'country':
      return (
        <Choice
          label={words.country}
          value={filled.country}
          options={names.countries}
          onChange={(country) => fill({ country })}
        />
      );
    case 'replace':
      return (
        <>
          <TextField label={words.find} value={filled.find} onChange={(find) => fill({ find })} />
          <TextField label={words.by} value={filled.by} onChange={(by) => fill({ by })} />
          <label className="tick">
            <input
              type="checkbox"
              checked={filled.isWhole}
              onChange={({ target }) => fill({ isWhole: target.checked })}
            />
            {words.whole}
          </label>
        </>
      );
    case 'set':
      return <TextField label={words.value} value={filled.value} onChange={(value) => fill({ value })} />;
    case 'trim':
      return null;
  }
}

interface ChoiceProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly (readonly [Value, string])[];
  readonly onChange: (value: Value) => void;
}

function Choice<Value extends string>({ label, value, options, onChange }: ChoiceProps<Value>): ReactNode {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={value}
        onChange={({ target }) => {
          const chosen = options.find(([option]) => option === target.value);
          if (chosen !== undefined) onChange(chosen[0]);
        }}
      >
        {options.map(([option, title]) => (
          <option key={option} value={option}>
            {title}
          </option>
        ))}
      </select>
    </div>
  );
}

interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
}

function TextField({ label, value, onChange }: TextFieldProps): ReactNode {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        value={value}
        autoComplete="off"
        spellCheck={false}
        onChange={({ target }) => onChange(target.value)}
      />
    </div>
  );
}

/** Codes with their names, by name. */
function namesOf(language: string) {
  const countryNames = new Intl.DisplayNames([language], { type: 'region' });
  const currencyNames = new Intl.DisplayNames([language], { type: 'currency' });
  const { compare } = new Intl.Collator(language);
  const countries = countryCodes().map((code) => [code, countryNames.of(code) ?? code] as const);
  const currencies = Intl.supportedValuesOf('currency').map(
    (code) => [code, `${code} · ${currencyNames.of(code) ?? code}`] as const,
  );
  return { countries: countries.sort(([, a], [, b]) => compare(a, b)), currencies };
}

function likelyKind(code: string, field: Field | null): Kind {
  if (field === 'date') return 'dateOrder';
  if (code === 'unknown_currency' || code === 'mixed_currencies') return 'currency';
  if (field === 'country') return 'country';
  return code === 'missing_value' ? 'set' : 'replace';
}

/** Null while something is missing. */
function toEdit({ kind, order, currency, country, find, by, isWhole, value }: Filled): BulkEdit | null {
  switch (kind) {
    case 'dateOrder':
      return { kind, order };
    case 'currency':
      return { kind, code: currency };
    case 'country':
      return { kind, code: country };
    case 'trim':
      return { kind };
    case 'replace':
      return find === '' && !isWhole ? null : { kind, find, by, isWhole };
    case 'set':
      return { kind, value };
  }
}

/** How long nothing is filled in before it is tried. */
const SETTLED_MS = 300;

/** What the change would do; null until that is known. */
function useOutcome(store: RejectsStore, change: BulkChange | null, revision: number): BulkOutcome | null {
  const [outcome, setOutcome] = useState<BulkOutcome | null>(null);
  const asked = JSON.stringify(change);
  useEffect(() => {
    setOutcome(null);
    if (change === null) return;
    let isCurrent = true;
    const timer = setTimeout(() => {
      void store.try(change).then((found) => {
        if (isCurrent) setOutcome(found);
      });
    }, SETTLED_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [store, asked, revision]);
  return outcome;
}
