import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useRef } from 'react';
import { useSpeech } from '../../texts/texts.js';
import { ChangeItem } from './change-item.js';
import type { RecordChange } from './change-queries.js';

interface ChangeListProps {
  readonly changes: readonly RecordChange[];
  readonly isComplete: boolean;
  /** The only one of the campaign, or null. */
  readonly currency: string | null;
  readonly products: ReadonlyMap<string, string>;
  readonly hasMore: boolean;
  readonly onMore: () => void;
}

/** A record with one changed field, which most have. What is in sight is measured. */
const USUAL_HEIGHT = 74;
/** How many records beyond the last one in sight are kept ready. */
const AHEAD = 10;

/** A list as long as it is: only what is in sight is on the page, and more is loaded on the way down. */
export function ChangeList({ changes, hasMore, onMore, ...ofAll }: ChangeListProps): ReactNode {
  const { texts } = useSpeech();
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: changes.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => USUAL_HEIGHT,
    getItemKey: (at) => keyOf(changes[at]) ?? at,
    overscan: AHEAD,
  });
  const shown = virtual.getVirtualItems();
  const isNearEnd = (shown.at(-1)?.index ?? 0) >= changes.length - AHEAD;
  useEffect(() => {
    if (hasMore && isNearEnd) onMore();
  }, [hasMore, isNearEnd, onMore]);
  const paddingTop = shown[0]?.start ?? 0;
  const paddingBottom = virtual.getTotalSize() - (shown.at(-1)?.end ?? 0);
  return (
    <section
      ref={scroller}
      className="changes"
      aria-label={texts.review.list}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: who has no mouse must be able to scroll it
      tabIndex={0}
    >
      <ul className="plain-list" style={{ paddingTop, paddingBottom }}>
        {shown.map(({ key, index }) => {
          const change = changes[index];
          if (change === undefined) return null;
          return (
            <li
              key={key}
              ref={virtual.measureElement}
              data-index={index}
              aria-posinset={index + 1}
              aria-setsize={hasMore ? -1 : changes.length}
            >
              <ChangeItem change={change} {...ofAll} />
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function keyOf(change: RecordChange | undefined): string | undefined {
  return change && `${change.type} ${change.id}`;
}
