import type { ReactNode } from 'react';
import { Table } from '../../parts/table.js';
import { useSpeech } from '../../texts/texts.js';
import type { Totals } from './change-queries.js';

type Campaign = NonNullable<Totals['campaign']>;

/** The campaign before and after: how many pledges and people, the money, and the units of each product. */
export function TotalsView({ campaign }: { readonly campaign: Campaign }): ReactNode {
  const { texts } = useSpeech();
  return (
    <>
      <section className="card" aria-labelledby="totals">
        <div className="tight">
          <h2 id="totals">{texts.review.totals}</h2>
          <p className="quiet small">{texts.review.totalsText}</p>
        </div>
        <CampaignTable campaign={campaign} />
      </section>
      {campaign.units.length > 0 && (
        <section className="card" aria-labelledby="units">
          <h2 id="units">{texts.campaign.units}</h2>
          <UnitsTable campaign={campaign} />
        </section>
      )}
    </>
  );
}

interface TotalRow {
  readonly key: string;
  readonly title: string;
  readonly before: string;
  readonly after: string;
  /** How many pledges the money is of. */
  readonly of?: { readonly before: string; readonly after: string };
}

function CampaignTable({ campaign: { pledges, people, money } }: { readonly campaign: Campaign }): ReactNode {
  const { texts, format } = useSpeech();
  const numbers = ({ before, after }: { readonly before: number; readonly after: number }) => ({
    before: format.number(before),
    after: format.number(after),
  });
  const pledgesOf = (value: number) => texts.review.pledges(value, format.number(value));
  const statuses: Readonly<Record<string, string>> = texts.statuses;
  const rows: readonly TotalRow[] = [
    { key: 'pledges', title: texts.campaign.pledges, ...numbers(pledges) },
    { key: 'people', title: texts.review.people, ...numbers(people) },
    ...money.map(({ currency, status, pledges: counted, amount }) => ({
      key: `${currency} ${status}`,
      title: `${statuses[status] ?? status} (${currency ?? texts.account.noCurrency})`,
      before: format.money(amount.before, currency),
      after: format.money(amount.after, currency),
      of: { before: pledgesOf(counted.before), after: pledgesOf(counted.after) },
    })),
  ];
  return (
    <Table
      caption={texts.review.totals}
      rows={rows}
      keyOf={({ key }) => key}
      columns={[
        { title: texts.review.what, cell: ({ title }) => title },
        {
          title: texts.review.before,
          isNumber: true,
          cell: ({ before, of }) => <Total shown={before} of={of?.before} />,
        },
        {
          title: texts.review.after,
          isNumber: true,
          cell: ({ before, after, of }) => <Total shown={after} of={of?.after} isOther={before !== after} />,
        },
      ]}
    />
  );
}

interface TotalProps {
  readonly shown: string;
  readonly of: string | undefined;
  /** Whether it was another number before. */
  readonly isOther?: boolean;
}

function Total({ shown, of, isOther = false }: TotalProps): ReactNode {
  return (
    <>
      {isOther ? <strong>{shown}</strong> : shown}
      {of !== undefined && <span className="quiet small">{of}</span>}
    </>
  );
}

/** How many products are listed before somebody asks for all. */
const SHORT = 10;

function UnitsTable({ campaign: { units, changedProducts } }: { readonly campaign: Campaign }): ReactNode {
  const { texts, format } = useSpeech();
  const table = (shown: Campaign['units']) => (
    <Table
      caption={texts.campaign.units}
      rows={shown}
      keyOf={({ productId }) => productId}
      columns={[
        { title: texts.campaign.product, cell: ({ name, key }) => name || key },
        { title: texts.review.before, isNumber: true, cell: ({ before }) => format.number(before) },
        {
          title: texts.review.after,
          isNumber: true,
          cell: ({ before, after }) => (
            <Total shown={format.number(after)} of={undefined} isOther={before !== after} />
          ),
        },
      ]}
    />
  );
  if (units.length <= SHORT) return table(units);
  return (
    <>
      {table(units.slice(0, SHORT))}
      <details>
        <summary>{texts.review.moreProducts(format.number(changedProducts - SHORT))}</summary>
        {table(units.slice(SHORT))}
      </details>
    </>
  );
}
