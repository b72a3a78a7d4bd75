import type { Schemas } from '@pledgeline/client';
import type { ReactNode } from 'react';
import { Table } from '../../parts/table.js';
import { useSpeech } from '../../texts/texts.js';
import { MoneyTable } from '../campaign/money-table.js';

const kinds = ['backers', 'pledges', 'products', 'surveys'] as const;

/** Which records an import has made and changed, and what the campaign has now. */
export function Changes({ statistics }: { readonly statistics: Schemas['UploadStatistics'] }): ReactNode {
  const { texts, format } = useSpeech();
  const { records } = statistics.upload;
  const rows = kinds.map((kind) => ({ kind, ...records[kind] }));
  return (
    <div className="two">
      <section className="card" aria-labelledby="changes">
        <h2 id="changes">{texts.account.records}</h2>
        <Table
          caption={texts.account.records}
          rows={rows}
          keyOf={({ kind }) => kind}
          columns={[
            { title: texts.account.kind, cell: ({ kind }) => texts.account.kinds[kind] },
            { title: texts.account.created, isNumber: true, cell: ({ created }) => format.number(created) },
            { title: texts.account.updated, isNumber: true, cell: ({ updated }) => format.number(updated) },
            {
              title: texts.account.unchanged,
              isNumber: true,
              cell: ({ unchanged }) => format.number(unchanged),
            },
          ]}
        />
      </section>
      <section className="card" aria-labelledby="money">
        <div className="tight">
          <h2 id="money">{texts.account.money}</h2>
          <p className="quiet small">{texts.account.moneyText}</p>
        </div>
        <MoneyTable totals={statistics.campaign.totals} />
      </section>
    </div>
  );
}
