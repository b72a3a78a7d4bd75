import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useId, useState } from 'react';
import { Link } from 'wouter';
import { campaignQuery } from '../../api/queries.js';
import { Failed, Loading } from '../../parts/state.js';
import { useTitle } from '../../parts/use-title.js';
import { useSpeech } from '../../texts/texts.js';
import { BackerList, InventoryList, PledgeList } from './lists.js';
import { type RecordKind, recordKinds } from './record-kinds.js';
import { queryOf, type RecordFilter } from './record-queries.js';
import { useSettled } from './use-settled.js';

interface RecordsPageProps {
  readonly id: string;
  readonly kind: RecordKind;
}

/** The records of a campaign, filtered, and as a file. */
export function RecordsPage({ id, kind }: RecordsPageProps): ReactNode {
  const { texts } = useSpeech();
  const { data: campaign, error, refetch } = useQuery(campaignQuery(id));
  useTitle(campaign === undefined ? texts.records[kind] : `${texts.records[kind]}, ${campaign.name}`);
  if (campaign === undefined) {
    return error === null ? <Loading /> : <Failed error={error} onRetry={() => void refetch()} />;
  }
  return (
    <>
      <div className="tight">
        <h1>{texts.records[kind]}</h1>
        <p className="quiet">
          <Link href={`/campaigns/${id}`}>{campaign.name}</Link>
        </p>
      </div>
      <RecordLinks id={id} current={kind} />
      <Records key={kind} id={id} kind={kind} />
    </>
  );
}

/** The way from a campaign to what is in it. */
export function RecordLinks({
  id,
  current,
}: {
  readonly id: string;
  readonly current?: RecordKind;
}): ReactNode {
  const { texts } = useSpeech();
  return (
    <nav className="row" aria-label={texts.records.all}>
      {recordKinds.map((kind) => (
        <Link
          key={kind}
          href={`/campaigns/${id}/${kind}`}
          className="button plain"
          aria-current={kind === current ? 'page' : undefined}
        >
          {texts.records[kind]}
        </Link>
      ))}
    </nav>
  );
}

function Records({ id, kind }: RecordsPageProps): ReactNode {
  // Not in the address: a name that somebody looks for is personal.
  const [q, setQ] = useState('');
  const [status, setStatus] = useState('');
  const filter = { campaign: id, q: useSettled(q.trim()), status };
  return (
    <section className="card">
      <div className="filters">
        <SearchField kind={kind} value={q} onChange={setQ} />
        {kind === 'pledges' && <StatusField value={status} onChange={setStatus} />}
        <Download kind={kind} filter={filter} />
      </div>
      {kind === 'pledges' && <PledgeList filter={filter} />}
      {kind === 'backers' && <BackerList filter={filter} />}
      {kind === 'inventory' && <InventoryList filter={filter} />}
    </section>
  );
}

interface FieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function SearchField({ kind, value, onChange }: FieldProps & { readonly kind: RecordKind }): ReactNode {
  const { texts } = useSpeech();
  const fieldId = useId();
  const hints = {
    pledges: texts.records.searchPledges,
    backers: texts.records.searchBackers,
    inventory: texts.records.searchProducts,
  };
  return (
    <div className="field">
      <label htmlFor={fieldId}>{texts.records.search}</label>
      <input
        id={fieldId}
        type="search"
        autoComplete="off"
        maxLength={100}
        placeholder={hints[kind]}
        value={value}
        onChange={({ target }) => onChange(target.value)}
      />
    </div>
  );
}

function StatusField({ value, onChange }: FieldProps): ReactNode {
  const { texts } = useSpeech();
  return (
    <label className="field">
      {texts.campaign.status}
      <select value={value} onChange={({ target }) => onChange(target.value)}>
        <option value="">{texts.records.anyStatus}</option>
        {Object.entries(texts.statuses).map(([name, title]) => (
          <option key={name} value={name}>
            {title}
          </option>
        ))}
      </select>
    </label>
  );
}

/** A plain link: the browser writes the answer to disk while it comes, however long it is. */
function Download({ kind, filter }: { readonly kind: RecordKind; readonly filter: RecordFilter }): ReactNode {
  const { texts } = useSpeech();
  const query = new URLSearchParams({ ...queryOf(filter), format: 'csv' });
  return (
    <div>
      <a className="button plain" href={`/v1/${kind}?${query}`} download>
        {texts.records.download}
      </a>
    </div>
  );
}
