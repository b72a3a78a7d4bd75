import type { Schemas } from '@pledgeline/client';
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import { type ReactNode, useCallback } from 'react';
import type { Format } from '../../format/format.js';
import { Failed, Loading } from '../../parts/state.js';
import { useSpeech } from '../../texts/texts.js';
import { type RecordColumn, RecordList } from './record-list.js';
import { type RecordFilter, useBackers, useInventory, usePledges } from './record-queries.js';

interface ListProps {
  readonly filter: RecordFilter;
}

export function PledgeList({ filter }: ListProps): ReactNode {
  const { texts, format } = useSpeech();
  const columns: readonly RecordColumn<Schemas['ExpandedPledge']>[] = [
    { title: texts.records.order, cell: ({ externalId }) => externalId },
    { title: texts.records.name, cell: ({ shippingName, backer }) => shippingName ?? backer?.name ?? '–' },
    { title: texts.campaign.status, cell: ({ status }) => texts.statuses[status] },
    {
      title: texts.campaign.amount,
      isNumber: true,
      cell: ({ amount, currency }) => (amount === null ? '–' : format.money(amount, currency)),
    },
    {
      title: texts.campaign.country,
      cell: ({ shippingCountry, shippingCountryRaw }) =>
        countryOf(shippingCountry, shippingCountryRaw, format),
    },
    { title: texts.records.items, cell: ({ items }) => writeItems(items, format) },
    {
      title: texts.records.date,
      cell: ({ pledgedAt }) => (pledgedAt === null ? '–' : format.date(pledgedAt)),
    },
  ];
  return (
    <Pages kind="pledges" query={usePledges(filter)} rowsOf={({ pledges }) => pledges} columns={columns} />
  );
}

export function BackerList({ filter }: ListProps): ReactNode {
  const { texts, format } = useSpeech();
  const columns: readonly RecordColumn<Schemas['Backer']>[] = [
    { title: texts.records.name, cell: ({ name }) => name ?? '–' },
    { title: texts.records.email, cell: ({ email }) => email ?? '–' },
    {
      title: texts.campaign.country,
      cell: ({ billingCountry, billingCountryRaw }) => countryOf(billingCountry, billingCountryRaw, format),
    },
  ];
  return (
    <Pages kind="backers" query={useBackers(filter)} rowsOf={({ backers }) => backers} columns={columns} />
  );
}

export function InventoryList({ filter }: ListProps): ReactNode {
  const { texts, format } = useSpeech();
  const count = (value: number | null) => (value === null ? texts.records.unknown : format.number(value));
  const columns: readonly RecordColumn<Schemas['Inventory']>[] = [
    { title: texts.records.product, cell: ({ product }) => product.name ?? product.key },
    { title: texts.records.committed, isNumber: true, cell: ({ committed }) => count(committed) },
    { title: texts.records.onHand, isNumber: true, cell: ({ onHand }) => count(onHand) },
    {
      title: texts.records.short,
      isNumber: true,
      cell: ({ short }) =>
        short !== null && short > 0 ? <span className="tag wrong">{count(short)}</span> : count(short),
    },
  ];
  return (
    <Pages
      kind="inventory"
      query={useInventory(filter)}
      rowsOf={({ inventory }) => inventory}
      columns={columns}
    />
  );
}

interface PagesProps<P, Row> {
  readonly kind: 'pledges' | 'backers' | 'inventory';
  readonly query: UseInfiniteQueryResult<InfiniteData<P>>;
  readonly rowsOf: (page: P) => readonly Row[];
  readonly columns: readonly RecordColumn<Row>[];
}

function Pages<P extends { readonly total?: number }, Row>({
  kind,
  query,
  rowsOf,
  columns,
}: PagesProps<P, Row>): ReactNode {
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

/** What the file says, where it is no country that we know. */
function countryOf(code: string | null, raw: string | null, format: Format): string {
  if (code !== null) return format.country(code);
  return raw ?? '–';
}

function writeItems(items: Schemas['Pledge']['items'], format: Format): string {
  if (items.length === 0) return '–';
  return items
    .map(({ quantity, product }) => `${format.number(quantity)} × ${product.name ?? product.key}`)
    .join(', ');
}
