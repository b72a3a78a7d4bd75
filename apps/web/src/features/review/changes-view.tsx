import type { Upload } from '@pledgeline/client';
import { type ReactNode, useCallback, useMemo, useState } from 'react';
import { Blank, Failed, Loading } from '../../parts/state.js';
import { useSpeech } from '../../texts/texts.js';
import { RejectsList } from '../rejects/rejects-list.js';
import { type ChangeFilter, changeKinds, countKinds, noFilter, recordTypes } from './change-filter.js';
import { ChangeList } from './change-list.js';
import { type Totals, useChanges } from './change-queries.js';
import { KindChoice, type Tab } from './kind-choice.js';
import { onlyCurrency } from './write-value.js';

interface ChangesViewProps {
  readonly upload: Upload;
  readonly totals: Totals;
}

/** The changes one by one, by their kind, their records and their fields. */
export function ChangesView({ upload, totals }: ChangesViewProps): ReactNode {
  const { texts } = useSpeech();
  const [tab, setTab] = useState<Tab>('all');
  const [{ type, field }, setNarrow] = useState(noFilter);
  const isOfRows = tab === 'rejected' || tab === 'leftOut';
  return (
    <>
      <section className="card" aria-labelledby="each-change">
        <h2 id="each-change">{texts.review.each}</h2>
        <KindChoice tabs={tabsOf(totals)} isComplete={upload.complete} value={tab} onChange={setTab} />
        {!isOfRows && (
          <>
            <Narrowing type={type} field={field} onChange={setNarrow} />
            <Changes upload={upload} totals={totals} filter={{ kind: tab, type, field }} />
          </>
        )}
      </section>
      {isOfRows && <RejectsList upload={upload} />}
    </>
  );
}

/** With how many each tab has. */
function tabsOf(totals: Totals): readonly (readonly [Tab, number])[] {
  const counts = countKinds(totals);
  const { rejected, leftOut } = totals.rows;
  return [
    ['all', counts.all],
    ...changeKinds.map((kind) => [kind, counts[kind]] as const),
    ['rejected', rejected],
    ['leftOut', leftOut],
  ];
}

interface NarrowingProps {
  readonly type: ChangeFilter['type'];
  readonly field: string;
  readonly onChange: (filter: ChangeFilter) => void;
}

function Narrowing({ type, field, onChange }: NarrowingProps): ReactNode {
  const { texts } = useSpeech();
  const narrow = (part: Partial<ChangeFilter>): void => onChange({ ...noFilter, type, field, ...part });
  return (
    <div className="filters">
      <label className="field">
        {texts.review.type}
        <select
          value={type}
          onChange={({ target }) => narrow({ type: recordTypes.find((each) => each === target.value) ?? '' })}
        >
          <option value="">{texts.review.anyType}</option>
          {recordTypes.map((each) => (
            <option key={each} value={each}>
              {texts.review.typesMany[each]}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        {texts.review.field}
        <select value={field} onChange={({ target }) => narrow({ field: target.value })}>
          <option value="">{texts.review.anyField}</option>
          {Object.entries(texts.review.fields).map(([name, title]) => (
            <option key={name} value={name}>
              {title}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}

function Changes({
  upload,
  totals,
  filter,
}: ChangesViewProps & { readonly filter: ChangeFilter }): ReactNode {
  const { texts, format } = useSpeech();
  const query = useChanges(upload.id, filter);
  const { data, error, refetch, fetchNextPage, hasNextPage, isFetchingNextPage, isPlaceholderData } = query;
  const more = useCallback(() => {
    if (!isFetchingNextPage) void fetchNextPage();
  }, [fetchNextPage, isFetchingNextPage]);
  const products = useMemo(
    () => new Map(totals.campaign?.units.map(({ productId, name }) => [productId, name])),
    [totals],
  );
  const changes = useMemo(() => data?.pages.flatMap((page) => page.changes) ?? [], [data]);
  if (data === undefined) {
    return error === null ? <Loading /> : <Failed error={error} onRetry={() => void refetch()} />;
  }
  const isNarrow = filter.type !== '' || filter.field !== '';
  return (
    <>
      <p className="quiet small" role="status">
        {isPlaceholderData
          ? texts.loading
          : hasNextPage
            ? texts.review.firstOf(format.number(changes.length))
            : texts.review.count(changes.length, format.number(changes.length))}
      </p>
      {changes.length === 0 ? (
        <Blank>{isNarrow ? texts.records.none : texts.review.empty}</Blank>
      ) : (
        <ChangeList
          key={`${filter.kind} ${filter.type} ${filter.field}`}
          changes={changes}
          isComplete={upload.complete}
          currency={onlyCurrency(totals)}
          products={products}
          hasMore={hasNextPage}
          onMore={more}
        />
      )}
    </>
  );
}
