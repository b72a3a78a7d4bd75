import { hasEnded } from '@pledgeline/client';
import { type InfiniteData, type UseInfiniteQueryResult, useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { type UploadPage, uploadsQuery } from '../../api/queries.js';
import { Blank, Failed, Loading } from '../../parts/state.js';
import { Table } from '../../parts/table.js';
import { useSpeech } from '../../texts/texts.js';
import { RowMoves } from '../upload/row-moves.js';
import { StatusTag } from '../upload/status-tag.js';

/** How often the list looks again while something in it is under way. */
const LOOK_MS = 3_000;

/** The imports so far, newest first. */
export function UploadList(): ReactNode {
  const { texts } = useSpeech();
  return (
    <section className="card" aria-labelledby="earlier">
      <h2 id="earlier">{texts.imports.earlier}</h2>
      <Uploads />
    </section>
  );
}

function Uploads(): ReactNode {
  const { texts, format } = useSpeech();
  const query: UseInfiniteQueryResult<InfiniteData<UploadPage>> = useInfiniteQuery({
    ...uploadsQuery,
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ uploads }) => !uploads.every(hasEnded)) === true ? LOOK_MS : false,
  });
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = query;
  if (data === undefined) {
    return error === null ? <Loading /> : <Failed error={error} onRetry={() => void refetch()} />;
  }
  const uploads = data.pages.flatMap((page) => page.uploads);
  if (uploads.length === 0) return <Blank>{texts.imports.empty}</Blank>;
  return (
    <>
      <Table
        caption={texts.imports.earlier}
        rows={uploads}
        keyOf={({ id }) => id}
        columns={[
          {
            title: texts.imports.file,
            cell: ({ id, filename, campaign }) => (
              <>
                <Link href={`/uploads/${id}`}>{filename ?? texts.imports.unnamed}</Link>
                <span className="quiet small">{campaign}</span>
              </>
            ),
          },
          {
            title: texts.imports.state,
            cell: (upload) => (
              <>
                <StatusTag status={upload.status} review={upload.review} />
                {!hasEnded(upload) && upload.status !== 'REMAPPING' && upload.status !== 'UNDOING' && (
                  <progress max={100} value={upload.progress.percent} aria-label={texts.imports.state} />
                )}
                <RowMoves upload={upload} />
              </>
            ),
          },
          { title: texts.imports.rows, isNumber: true, cell: ({ rows }) => format.number(rows.total) },
          {
            title: texts.imports.rejected,
            isNumber: true,
            cell: ({ rows }) => format.number(rows.rejected),
          },
          {
            title: texts.imports.when,
            isExtra: true,
            isNumber: true,
            cell: ({ createdAt }) => format.dateTime(createdAt),
          },
        ]}
      />
      {hasNextPage && (
        <div>
          <button
            type="button"
            className="button plain"
            disabled={isFetchingNextPage}
            onClick={() => void fetchNextPage()}
          >
            {texts.more}
          </button>
        </div>
      )}
    </>
  );
}
