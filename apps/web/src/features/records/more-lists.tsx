import type { Schemas } from '@pledgeline/client';
import type { ReactNode } from 'react';
import { useSpeech } from '../../texts/texts.js';
import type { RecordColumn } from './record-list.js';
import { RecordPages } from './record-pages.js';
import { type RecordFilter, useProducts, useSurveys } from './record-queries.js';

interface ListProps {
  readonly filter: RecordFilter;
}

export function ProductList({ filter }: ListProps): ReactNode {
  const { texts, format } = useSpeech();
  const columns: readonly RecordColumn<Schemas['Product']>[] = [
    { title: texts.records.product, cell: ({ name, key }) => name ?? key },
    { title: texts.records.kind, cell: ({ kind }) => texts.records.kinds[kind] },
    { title: texts.records.sku, cell: ({ sku }) => sku ?? '–' },
    {
      title: texts.records.price,
      isNumber: true,
      cell: ({ price, currency }) => (price === null ? '–' : format.money(price, currency)),
    },
  ];
  return (
    <RecordPages
      kind="products"
      query={useProducts(filter)}
      rowsOf={({ products }) => products}
      columns={columns}
    />
  );
}

export function SurveyList({ filter }: ListProps): ReactNode {
  const { texts, format } = useSpeech();
  const columns: readonly RecordColumn<Schemas['ExpandedSurvey']>[] = [
    { title: texts.records.order, cell: ({ pledge }) => pledge?.externalId ?? '–' },
    { title: texts.records.name, cell: ({ pledge }) => pledge?.shippingName ?? '–' },
    {
      title: texts.records.answers,
      cell: ({ answers }) => {
        const text = answers.map(({ question, answer }) => `${question} ${answer}`).join(' · ');
        return <span title={text}>{text}</span>;
      },
    },
    {
      title: texts.records.date,
      cell: ({ answeredAt }) => (answeredAt === null ? '–' : format.date(answeredAt)),
    },
  ];
  return (
    <RecordPages
      kind="surveys"
      query={useSurveys(filter)}
      rowsOf={({ surveys }) => surveys}
      columns={columns}
    />
  );
}
