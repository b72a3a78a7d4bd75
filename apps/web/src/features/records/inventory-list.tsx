import type { Schemas } from '@pledgeline/client';
import type { ReactNode } from 'react';
import { useSpeech } from '../../texts/texts.js';
import { useScope } from '../session/use-scope.js';
import { OnHandField } from './on-hand-field.js';
import type { RecordColumn } from './record-list.js';
import { RecordPages } from './record-pages.js';
import { type RecordFilter, useInventory } from './record-queries.js';

/** What is there and what is promised, by product. Whoever may write sets how many units are there. */
export function InventoryList({ filter }: { readonly filter: RecordFilter }): ReactNode {
  const { texts, format } = useSpeech();
  const mayWrite = useScope('write');
  const count = (value: number | null) => (value === null ? texts.records.unknown : format.number(value));
  const columns: readonly RecordColumn<Schemas['Inventory']>[] = [
    { title: texts.records.product, cell: ({ product }) => product.name ?? product.key },
    { title: texts.records.committed, isNumber: true, cell: ({ committed }) => count(committed) },
    {
      title: texts.records.onHand,
      isNumber: true,
      cell: (entry) =>
        mayWrite ? <OnHandField campaign={filter.campaign} entry={entry} /> : count(entry.onHand),
    },
    {
      title: texts.records.short,
      isNumber: true,
      cell: ({ short }) =>
        short !== null && short > 0 ? <span className="tag wrong">{count(short)}</span> : count(short),
    },
  ];
  return (
    <RecordPages
      kind="inventory"
      query={useInventory(filter)}
      rowsOf={({ inventory }) => inventory}
      columns={columns}
    />
  );
}
