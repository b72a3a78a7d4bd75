import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useRef } from 'react';
import { Blank } from '../../parts/state.js';
import { useSpeech } from '../../texts/texts.js';
import type { RecordKind } from './record-kinds.js';

/** One column of a list of records. */
export interface RecordColumn<Row> {
  readonly title: string;
  readonly isNumber?: boolean;
  cell(row: Row): ReactNode;
}

interface RecordListProps<Row> {
  /** What the rows are; also the class that says how wide its columns are. */
  readonly kind: RecordKind;
  readonly columns: readonly RecordColumn<Row>[];
  readonly rows: readonly Row[];
  readonly hasMore: boolean;
  readonly onMore: () => void;
}

/** As the style has it. */
const LINE_HEIGHT = 42;
/** How many lines beyond the last one in sight are kept ready. */
const AHEAD = 15;

/** A table that is as long as it is: only what is in sight is on the page, and more is loaded on the way down. */
export function RecordList<Row>({ kind, columns, rows, hasMore, onMore }: RecordListProps<Row>): ReactNode {
  const { texts } = useSpeech();
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE_HEIGHT,
    overscan: AHEAD,
  });
  const lines = virtual.getVirtualItems();
  const isNearEnd = (lines.at(-1)?.index ?? 0) >= rows.length - AHEAD;
  useEffect(() => {
    if (hasMore && isNearEnd) onMore();
  }, [hasMore, isNearEnd, onMore]);
  if (rows.length === 0) return <Blank>{texts.records.none}</Blank>;
  const above = lines[0]?.start ?? 0;
  const below = virtual.getTotalSize() - (lines.at(-1)?.end ?? 0);
  return (
    <section
      ref={scroller}
      className={`window ${kind}`}
      aria-label={texts.records[kind]}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: who has no mouse must be able to scroll it
      tabIndex={0}
    >
      <table aria-rowcount={hasMore ? -1 : rows.length + 1}>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map((column) => (
              <th key={column.title} scope="col" className={classOf(column)}>
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Gap height={above} width={columns.length} />
          {lines.map(({ key, index }) => {
            const row = rows[index];
            if (row === undefined) return null;
            return (
              <tr key={key} aria-rowindex={index + 2}>
                {columns.map((column) => (
                  <td key={column.title} className={classOf(column)}>
                    {column.cell(row)}
                  </td>
                ))}
              </tr>
            );
          })}
          <Gap height={below} width={columns.length} />
        </tbody>
      </table>
    </section>
  );
}

/** The place of the lines that are out of sight. */
function Gap({ height, width }: { readonly height: number; readonly width: number }): ReactNode {
  if (height <= 0) return null;
  return (
    <tr className="gap">
      <td colSpan={width} style={{ height }} />
    </tr>
  );
}

function classOf({ isNumber }: Pick<RecordColumn<never>, 'isNumber'>): string | undefined {
  return isNumber === true ? 'right' : undefined;
}
