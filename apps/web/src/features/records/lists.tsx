import type { Schemas } from '@pledgeline/client';
import type { ReactNode } from 'react';
import type { Format } from '../../format/format.js';
import { useSpeech } from '../../texts/texts.js';
import type { RecordColumn } from './record-list.js';
import { RecordPages } from './record-pages.js';
import { type RecordFilter, useBackers, usePledges } from './record-queries.js';

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
    <RecordPages
      kind="pledges"
      query={usePledges(filter)}
      rowsOf={({ pledges }) => pledges}
      columns={columns}
    />
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
    <RecordPages
      kind="backers"
      query={useBackers(filter)}
      rowsOf={({ backers }) => backers}
      columns={columns}
    />
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
