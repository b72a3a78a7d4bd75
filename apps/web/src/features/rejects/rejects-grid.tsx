// biome-ignore-all lint/a11y/useSemanticElements: a table of the browser lays out all of its rows, and there may be 50,000
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus, and names the cell that is chosen
import { useVirtualizer } from '@tanstack/react-virtual';
import {
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useSpeech } from '../../texts/texts.js';
import type { RowView } from './book/protocol.js';
import { CELL_WIDTH, GridLine, LINE_HEIGHT, OWN_COLUMNS, ownWidths } from './grid-line.js';
import { type Place, placeAfter } from './move-place.js';
import type { RejectsStore, Shown } from './rejects-store.js';
import { useNarrow } from './use-narrow.js';

interface GridProps {
  readonly store: RejectsStore;
  readonly shown: Shown;
  readonly isEditable: boolean;
  /** Called with the row of the chosen cell, whenever it changes. */
  readonly onSelect: (row: RowView | null) => void;
}

/** Lines and columns beyond those in sight that are kept ready. */
const LINES_AHEAD = 10;
const COLUMNS_AHEAD = 2;

/**
 * The rejected rows as a grid, of which only what is in sight is on the page. The grid itself has the focus, and says which cell is
 * chosen, so that scrolling away from that cell loses nothing.
 */
export function RejectsGrid({ store, shown, isEditable, onSelect }: GridProps): ReactNode {
  const { texts } = useSpeech();
  const { state, lineAt } = shown;
  const grid = useRef<HTMLDivElement>(null);
  const gridId = useId();
  const isNarrow = useNarrow();
  const [place, setPlace] = useState<Place>({ line: 0, column: OWN_COLUMNS });
  const [edited, setEdited] = useState<{ readonly row: number; readonly position: number } | null>(null);
  const positions = useColumnOrder(shown);
  const own = ownWidths(isNarrow);
  const lines = useVirtualizer({
    count: state.lines.length,
    getScrollElement: () => grid.current,
    estimateSize: () => LINE_HEIGHT,
    overscan: LINES_AHEAD,
    scrollPaddingStart: LINE_HEIGHT,
  });
  const columns = useVirtualizer({
    horizontal: true,
    count: positions.length,
    getScrollElement: () => grid.current,
    estimateSize: () => CELL_WIDTH,
    overscan: COLUMNS_AHEAD,
    paddingStart: own.all,
    scrollPaddingStart: own.pinned,
  });
  const [from, to] = [lines.range?.startIndex ?? 0, lines.range?.endIndex ?? 0];
  useEffect(() => store.look(Math.max(0, from - LINES_AHEAD), to + LINES_AHEAD), [store, from, to]);

  const chosenRow = lineAt(place.line) ?? null;
  useEffect(() => onSelect(chosenRow), [onSelect, chosenRow]);
  // Another order has other rows in the same places.
  useEffect(() => {
    setPlace(({ column }) => ({ line: 0, column }));
    setEdited(null);
    grid.current?.scrollTo({ top: 0 });
  }, [state.order]);

  function go(next: Place): void {
    setPlace(next);
    lines.scrollToIndex(next.line);
    if (next.column >= OWN_COLUMNS) columns.scrollToIndex(next.column - OWN_COLUMNS);
    else columns.scrollToOffset(0);
  }

  function startEditing(at: Place): void {
    const row = lineAt(at.line);
    const position = positions[at.column - OWN_COLUMNS];
    if (!isEditable || row == null || position === undefined) return;
    setEdited({ row: row.row, position });
  }

  function endEditing(text: string | null, step: 'stay' | 'next' | 'leave'): void {
    if (edited !== null && text !== null) void store.edit(edited.row, edited.position, text);
    setEdited(null);
    if (step !== 'leave') grid.current?.focus({ preventScroll: true });
    if (step === 'next')
      go({ ...place, column: Math.min(place.column + 1, OWN_COLUMNS + positions.length - 1) });
  }

  /** A first click chooses a cell, a second one writes in it. */
  function onClick({ target }: MouseEvent<HTMLDivElement>): void {
    if (!(target instanceof Element) || target.matches('textarea')) return;
    const cell = target.closest<HTMLElement>('[data-column]');
    const line = cell?.closest<HTMLElement>('[data-place]');
    if (cell == null || line == null) return;
    const next = { line: Number(line.dataset['place']), column: Number(cell.dataset['column']) };
    setPlace(next);
    if (next.line === place.line && next.column === place.column) startEditing(next);
    else grid.current?.focus({ preventScroll: true });
  }

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>): void {
    if (event.target !== event.currentTarget) return;
    if (event.key === 'Enter' || event.key === 'F2') {
      event.preventDefault();
      startEditing(place);
      return;
    }
    const next = placeAfter(place, event, {
      lines: state.lines.length,
      columns: OWN_COLUMNS + positions.length,
      page: Math.max(1, to - from - 1),
    });
    if (next === null) return;
    event.preventDefault();
    go(next);
  }

  const columnsInSight = columns.getVirtualItems();
  const offset = (columnsInSight[0]?.start ?? own.all) - own.all;
  const firstColumn = columnsInSight[0]?.index ?? 0;
  const endColumn = firstColumn + columnsInSight.length;
  const inSight = useMemo(() => positions.slice(firstColumn, endColumn), [positions, firstColumn, endColumn]);
  const isThere = lines.getVirtualItems().some(({ index }) => index === place.line);
  const wrongColumns = useWrongColumns(shown);
  return (
    <div
      ref={grid}
      className="grid"
      role="grid"
      aria-labelledby="rejected-rows"
      aria-rowcount={state.lines.length + 1}
      aria-colcount={OWN_COLUMNS + positions.length}
      aria-readonly={!isEditable}
      aria-activedescendant={isThere ? `${gridId}-${place.line}-${place.column}` : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onClick={onClick}
    >
      <div role="rowgroup" className="grid-head" style={{ width: columns.getTotalSize() }}>
        <div role="row" aria-rowindex={1} className="grid-line">
          <div role="columnheader" aria-colindex={1} className="line-cell">
            {texts.correcting.line}
          </div>
          <div role="columnheader" aria-colindex={2} className="why-cell">
            {texts.rejects.reason}
          </div>
          {inSight.map((position, at) => (
            <div
              key={position}
              role="columnheader"
              aria-colindex={OWN_COLUMNS + 1 + positions.indexOf(position)}
              className={wrongColumns.has(position) ? 'cell wrong' : 'cell'}
              style={at === 0 ? { marginLeft: offset } : undefined}
            >
              {state.headers[position] || texts.correcting.column(String(position + 1))}
              {wrongColumns.has(position) && <span className="unseen"> ({texts.correcting.problems})</span>}
            </div>
          ))}
        </div>
      </div>
      <div
        role="rowgroup"
        className="grid-body"
        style={{ height: lines.getTotalSize(), width: columns.getTotalSize() }}
      >
        {lines.getVirtualItems().map(({ index, start }) => (
          <GridLine
            key={index}
            place={index}
            start={start}
            gridId={gridId}
            line={lineAt(index)}
            group={groupAt(shown, index)}
            headers={state.headers}
            positions={inSight}
            firstColumn={firstColumn}
            columnCount={positions.length}
            offset={offset}
            chosenColumn={index === place.line ? place.column : null}
            editing={
              edited !== null && edited.row === lineAt(index)?.row
                ? { position: edited.position, onEnd: endEditing }
                : null
            }
          />
        ))}
      </div>
    </div>
  );
}

/** The group whose rows begin below this line; null for a row. */
function groupAt({ state }: Shown, place: number) {
  const line = state.lines[place] ?? 0;
  return line < 0 ? (state.groups[-1 - line] ?? null) : null;
}

/** The positions of the columns in which something is wrong. */
function useWrongColumns({ state: { groups, headers } }: Shown): ReadonlySet<number> {
  return useMemo(() => {
    const names = new Set(groups.flatMap(({ column, open }) => (open > 0 && column !== null ? column : [])));
    return new Set(headers.flatMap((header, position) => (names.has(header) ? [position] : [])));
  }, [groups, headers]);
}

/** The columns that most rows are rejected for come first, then the others as in the file. It stays while rows are corrected. */
function useColumnOrder({ state: { width, groups, headers } }: Shown): readonly number[] {
  const [first] = useState(() =>
    groups
      .toSorted((a, b) => b.rows - a.rows)
      .flatMap(({ column }) => headers.flatMap((header, position) => (header === column ? [position] : []))),
  );
  return useMemo(() => {
    const all = Array.from({ length: width }, (_, position) => position);
    return [...new Set([...first, ...all])];
  }, [first, width]);
}
