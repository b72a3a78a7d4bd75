// biome-ignore-all lint/a11y/useSemanticElements: a table of the browser lays out all of its rows, and there may be 50,000
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus, and names the cell that is chosen
import { memo, type ReactNode, useEffect, useRef } from 'react';
import { useSpeech } from '../../texts/texts.js';
import type { ReasonGroup, RowView } from './book/protocol.js';
import { reasonText } from './reason-text.js';

/** As the style has it, in pixels. */
export const LINE_HEIGHT = 44;
export const CELL_WIDTH = 180;
const LINE_WIDTH = 76;
const WHY_WIDTH = 250;
const NARROW_LINE_WIDTH = 56;
const NARROW_WHY_WIDTH = 130;

/** The number of the line and the reason, before the cells of the row. */
export const OWN_COLUMNS = 2;

/** How wide the two are, and how much of that stays in its place when the cells move: on a phone only the number. */
export function ownWidths(isNarrow: boolean): { readonly all: number; readonly pinned: number } {
  if (isNarrow) return { all: NARROW_LINE_WIDTH + NARROW_WHY_WIDTH, pinned: NARROW_LINE_WIDTH };
  return { all: LINE_WIDTH + WHY_WIDTH, pinned: LINE_WIDTH + WHY_WIDTH };
}

interface GridLineProps {
  readonly place: number;
  /** Pixels from the top. */
  readonly start: number;
  readonly gridId: string;
  /** Null above a group, undefined until it has arrived. */
  readonly line: RowView | null | undefined;
  readonly group: ReasonGroup | null;
  readonly headers: readonly string[];
  /** The columns in sight. */
  readonly positions: readonly number[];
  /** The place of the first of them. */
  readonly firstColumn: number;
  readonly columnCount: number;
  /** Pixels before it. */
  readonly offset: number;
  /** Null where no cell of the line is chosen. */
  readonly chosenColumn: number | null;
  /** Null while nobody writes in a cell of the line. */
  readonly editing: Editing | null;
}

/** The cell that somebody writes in. */
export interface Editing {
  readonly position: number;
  /** @param text null when nothing is changed */
  onEnd(text: string | null, step: 'stay' | 'next' | 'leave'): void;
}

/**
 * A line of the grid: a rejected row, or the reason that the rows below it have. While one scrolls, only lines that come into sight
 * are made. Clicks are heard by the grid, which finds the cell by its `data-place` and `data-column`.
 */
export const GridLine = memo(function GridLine(props: GridLineProps): ReactNode {
  const { place, start, line, group } = props;
  const isFixed = line != null && line.reasons.length === 0;
  const name = ['grid-line', group !== null && 'group-line', isFixed && 'fixed'].filter(Boolean).join(' ');
  return (
    <div
      role="row"
      aria-rowindex={place + 2}
      data-place={place}
      className={name}
      style={{ transform: `translateY(${start}px)` }}
    >
      {group !== null ? <GroupCell {...props} group={group} /> : <RowCells {...props} />}
    </div>
  );
});

function GroupCell({
  place,
  gridId,
  group,
  columnCount,
  chosenColumn,
}: GridLineProps & { readonly group: ReasonGroup }): ReactNode {
  const { texts, format } = useSpeech();
  const { words, lang } = reasonText(group, texts);
  return (
    <div
      id={`${gridId}-${place}-${chosenColumn ?? 0}`}
      role="gridcell"
      tabIndex={-1}
      aria-colindex={1}
      aria-colspan={OWN_COLUMNS + columnCount}
      className={chosenColumn === null ? 'group-cell' : 'group-cell chosen'}
      data-column={0}
    >
      {group.column !== null && <strong>{group.column}: </strong>}
      <span lang={lang}>{words}</span>{' '}
      <span className="quiet">{texts.rejects.times(group.rows, format.number(group.rows))}</span>
    </div>
  );
}

function RowCells(props: GridLineProps): ReactNode {
  const { place, gridId, line, headers, positions, firstColumn, offset, chosenColumn, editing } = props;
  const { texts, format } = useSpeech();
  const wrong = new Set(line?.reasons.map(({ column }) => column));
  const own = (column: number, name: string) => ({
    id: `${gridId}-${place}-${column}`,
    className: chosenColumn === column ? `${name} chosen` : name,
    tabIndex: -1,
    'data-column': column,
  });
  return (
    <>
      <div role="rowheader" aria-colindex={1} {...own(0, 'line-cell')}>
        {line == null ? '…' : format.number(line.line)}
      </div>
      <div role="gridcell" aria-colindex={2} aria-readonly {...own(1, 'why-cell')}>
        {line != null && <Why row={line} />}
      </div>
      {positions.map((position, at) => {
        const column = OWN_COLUMNS + firstColumn + at;
        const text = line?.cells[position] ?? '';
        const isChanged = line?.changed.includes(position) === true;
        const isWrong = wrong.has(headers[position] ?? null);
        const name = ['cell', isWrong && 'wrong', isChanged && 'changed'].filter(Boolean).join(' ');
        return (
          <div
            key={position}
            role="gridcell"
            aria-colindex={column + 1}
            aria-selected={chosenColumn === column}
            aria-invalid={isWrong || undefined}
            title={text}
            style={at === 0 ? { marginLeft: offset } : undefined}
            {...own(column, name)}
          >
            {editing?.position === position ? (
              <CellEditor
                text={text}
                label={texts.correcting.edit(headers[position] ?? '', format.number(line?.line ?? 0))}
                onEnd={editing.onEnd}
              />
            ) : (
              text
            )}
          </div>
        );
      })}
    </>
  );
}

function Why({ row: { reasons } }: { readonly row: RowView }): ReactNode {
  const { texts } = useSpeech();
  const [first] = reasons;
  if (first === undefined) return <span className="fixed">{texts.correcting.fixed}</span>;
  const { words, lang } = reasonText(first, texts);
  const more = reasons.length > 1 ? ` (+${reasons.length - 1})` : '';
  const column = first.column === null ? '' : `${first.column}: `;
  return (
    <span lang={lang} title={words}>
      {column}
      {words}
      {more}
    </span>
  );
}

interface CellEditorProps {
  readonly text: string;
  readonly label: string;
  readonly onEnd: Editing['onEnd'];
}

/** Writes in one cell, which may have several lines. Enter keeps what was written, Escape does not. */
function CellEditor({ text, label, onEnd }: CellEditorProps): ReactNode {
  const field = useRef<HTMLTextAreaElement>(null);
  const ends = useRef(0);
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);
  const end = (written: string | null, step: 'stay' | 'next' | 'leave'): void => {
    // Leaving the field is not a second end.
    ends.current += 1;
    if (ends.current > 1) return;
    onEnd(written, step);
  };
  return (
    <textarea
      ref={field}
      aria-label={label}
      defaultValue={text}
      rows={1}
      spellCheck={false}
      onBlur={({ target }) => end(target.value, 'leave')}
      onKeyDown={(event) => {
        const { value } = event.currentTarget;
        const isEnd = event.key === 'Enter' && !event.altKey && !event.shiftKey;
        if (!isEnd && event.key !== 'Escape' && event.key !== 'Tab') return;
        event.preventDefault();
        event.stopPropagation();
        if (event.key === 'Escape') end(null, 'stay');
        else end(value, event.key === 'Tab' ? 'next' : 'stay');
      }}
    />
  );
}
