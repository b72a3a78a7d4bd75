import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import { type ReactNode, useCallback } from 'react';
import { Failed, Loading } from '../../parts/state.js';
import { useSpeech } from '../../texts/texts.js';
import type { RecordKind } from './record-kinds.js';
import { type RecordColumn, RecordList } from './record-list.js';

interface RecordPagesProps<P, Row> {
  readonly kind: RecordKind;
  readonly query: UseInfiniteQueryResult<InfiniteData<P>>;
  readonly rowsOf: (page: P) => readonly Row[];
  readonly columns: readonly RecordColumn<Row>[];
}

/** The pages of a list as one, and how many entries it has. */
export function RecordPages<P extends { readonly total?: number }, Row>({
  kind,
  query,
  rowsOf,
  columns,
}: RecordPagesProps<P, Row>): ReactNode {
  const { texts, format } = useSpeech();
  const { data, error, refetch, fetchNextPage, hasNextPage, isFetchingNextPage } = query;
  const more = useCallback(() => {
    if (!isFetchingNextPage) void fetchNextPage();
  }, [fetchNextPage, isFetchingNextPage]);
  if (data === undefined) {
    return error === null ? <Loading /> : <Failed error={error} onRetry={() => void refetch()} />;
  }
  const total = data.pages[0]?.total;
  return (
    <>
      <p className="quiet small" role="status">
        {total !== undefined && texts.records.count(total, format.number(total))}
      </p>
      <RecordList
        kind={kind}
        rows={data.pages.flatMap(rowsOf)}
        columns={columns}
        hasMore={hasNextPage}
        onMore={more}
      />
    </>
  );
}
