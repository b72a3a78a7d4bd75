import type { Schemas } from '@pledgeline/client';
import type { ReactNode } from 'react';
import { Table } from '../../parts/table.js';
import { useSpeech } from '../../texts/texts.js';

type Total = Schemas['CampaignSummary']['pledged'][number];

/** What was pledged, by currency and payment status. Amounts of different currencies are never added. */
export function MoneyTable({ totals }: { readonly totals: readonly Total[] }): ReactNode {
  const { texts, format } = useSpeech();
  return (
    <Table
      caption={texts.campaign.pledged}
      rows={totals}
      keyOf={({ currency, status }) => `${currency} ${status}`}
      columns={[
        { title: texts.campaign.status, cell: ({ status }) => texts.statuses[status] },
        {
          title: texts.campaign.pledges,
          isNumber: true,
          cell: ({ pledges }) => format.number(pledges),
        },
        {
          title: texts.campaign.amount,
          isNumber: true,
          cell: ({ amount, currency }) => format.money(amount, currency),
        },
      ]}
    />
  );
}
