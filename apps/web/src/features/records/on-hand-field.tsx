import type { Schemas } from '@pledgeline/client';
import { type InfiniteData, useMutation, useQueryClient } from '@tanstack/react-query';
import { type KeyboardEvent, type ReactNode, useState } from 'react';
import { client } from '../../api/client.js';
import { describeError } from '../../api/describe-error.js';
import { useSpeech } from '../../texts/texts.js';
import { readUnits } from './read-units.js';
import { type InventoryPage, inventoryKey } from './record-queries.js';

interface OnHandFieldProps {
  readonly campaign: string;
  readonly entry: Schemas['Inventory'];
}

/** How many units are there, to be written over. It is saved when the field is left, and by Enter; Escape goes back. */
export function OnHandField({ campaign, entry }: OnHandFieldProps): ReactNode {
  const { texts } = useSpeech();
  const queries = useQueryClient();
  const { productId, onHand, product } = entry;
  const kept = onHand === null ? '' : String(onHand);
  const [draft, setDraft] = useState<string | null>(null);
  const units = readUnits(draft ?? kept);
  const saving = useMutation({
    mutationFn: (wanted: number | null) =>
      client.patch('/v1/inventory/{product}', { path: { product: productId }, body: { onHand: wanted } }),
    onSuccess: (saved) => {
      setDraft(null);
      // In its place: an entry that is not short any more does not vanish below the hand.
      queries.setQueriesData<InfiniteData<InventoryPage>>({ queryKey: inventoryKey(campaign) }, (data) =>
        data === undefined ? undefined : withEntry(data, saved),
      );
    },
  });
  const save = (): void => {
    if (draft === null || units === undefined) return;
    if (units === onHand) setDraft(null);
    else saving.mutate(units);
  };
  const press = ({ key }: KeyboardEvent): void => {
    if (key === 'Enter') save();
    if (key !== 'Escape') return;
    saving.reset();
    setDraft(null);
  };
  const isWrong = units === undefined;
  const complaint = isWrong
    ? texts.records.unitsWrong
    : saving.error === null
      ? null
      : describeError(saving.error, texts);
  return (
    <span className="on-hand">
      {complaint !== null && (
        <span className="tag wrong" role="alert" title={complaint}>
          {complaint}
        </span>
      )}
      <span className="unseen" role="status">
        {saving.isSuccess && draft === null && texts.house.saved}
      </span>
      <input
        inputMode="numeric"
        autoComplete="off"
        aria-label={texts.records.unitsOf(product.name ?? product.key)}
        aria-invalid={complaint !== null}
        placeholder={texts.records.unknown}
        value={draft ?? kept}
        onChange={({ target }) => setDraft(target.value)}
        onBlur={save}
        onKeyDown={press}
      />
    </span>
  );
}

function withEntry(
  data: InfiniteData<InventoryPage>,
  saved: Schemas['Inventory'],
): InfiniteData<InventoryPage> {
  const replace = (entry: Schemas['Inventory']) => (entry.productId === saved.productId ? saved : entry);
  const pages = data.pages.map((page) => ({ ...page, inventory: page.inventory.map(replace) }));
  return { ...data, pages };
}
