import { changeCell } from './bulk-edits.js';
import { createRowChecker, type Findings } from './check-rows.js';
import { addStep, type EditStep, forgetRows, noEdits, redoStep, undoStep } from './edit-history.js';
import { type FileReading, fieldsOf, readingOptions } from './file-reading.js';
import type { BookState, BulkChange, BulkOutcome, Cells, Reason, RowView } from './protocol.js';
import type { RejectedRows } from './read-rejects.js';
import { createReasonGroups } from './reason-groups.js';

/** The rejected rows of a file, with what was changed in them and what an import would say of them now. */
export interface RejectBook {
  state(): BookState;
  /** The rows between two places of `lines` of the state; null above a group. */
  rowsBetween(from: number, to: number): readonly (RowView | null)[];
  edit(row: number, position: number, text: string): void;
  /** What a change would do. Nothing is changed. */
  try(change: BulkChange): BulkOutcome;
  apply(change: BulkChange): void;
  undo(): void;
  redo(): void;
  /** @param group whose rows are shown; null for all of them */
  choose(group: number | null): void;
  /** The rows that an import takes when it gets only these, and their numbers. */
  fixed(): { readonly file: RejectedRows; readonly rows: readonly number[] };
  /** Takes rows out that were sent. */
  remove(rows: readonly number[]): void;
}

/** Opens the rows. All of them are checked, so 50,000 take seconds. */
export function openRejectBook(file: RejectedRows, reading: FileReading): RejectBook {
  const { headers } = file;
  const fields = fieldsOf(headers, reading);
  const checker = createRowChecker(headers, readingOptions(headers, reading));
  const groups = createReasonGroups();
  let cells = [...file.rows];
  let original = file.rows;
  let { lines, notes } = file;
  let reasons: (readonly Reason[])[] = [];
  /** The group below which a row is shown, which stays when the row changes. */
  let homes: number[] = [];
  /** Rows that this reader would take: only the note says what is wrong with them, until somebody changes them. */
  let unexplained: ReadonlySet<number> = new Set();
  let history = noEdits;
  let chosen: number | null = null;
  let order = 0;
  let revision = 0;
  let shown = new Int32Array();

  const reasonsOf = (row: number): readonly Reason[] => reasons[row] ?? [];
  const isChanged = (row: number): boolean => cells[row] !== original[row];

  function start(): void {
    const findings = checker.checkAll({ rows: cells, lines });
    unexplained = new Set([...findings].flatMap(([row, found]) => (found.length === 0 ? [row] : [])));
    keep(findings);
    homes = reasons.map(([first]) => (first === undefined ? 0 : groups.indexOf(first)));
    arrange();
  }

  function keep(findings: Findings): void {
    for (const [row, found] of findings) {
      const now = found.length === 0 && unexplained.has(row) && !isChanged(row) ? [noted(notes[row])] : found;
      reasons[row] = now;
      groups.note(row, now);
    }
    revision += 1;
  }

  function change(changed: ReadonlyMap<number, Cells>): void {
    const related = new Set(checker.withRelated({ rows: cells, lines }, changed.keys()));
    for (const [row, now] of changed)
      cells[row] = isAsBefore(now, original[row]) ? (original[row] ?? now) : now;
    const placed = { rows: cells, lines };
    for (const row of checker.withRelated(placed, changed.keys())) related.add(row);
    keep(checker.check(placed, inOrder(related)));
  }

  /** The rows that a change of many would change. */
  function plan({ group, position, edit }: BulkChange): { readonly rows: number; readonly step: EditStep } {
    const field = fields[position] ?? null;
    let rows = 0;
    const step = cells.flatMap((before, row) => {
      if (!reasonsOf(row).some((reason) => groups.indexOf(reason) === group)) return [];
      rows += 1;
      const text = before[position] ?? '';
      const now = changeCell(text, edit, field);
      return now === text ? [] : [{ row, before, after: withCell(before, position, now) }];
    });
    return { rows, step };
  }

  function record(step: EditStep): void {
    if (step.length === 0) return;
    history = addStep(history, step);
    change(new Map(step.map(({ row, after }) => [row, after])));
  }

  function arrange(): void {
    shown = Int32Array.from(chosen === null ? allGroups(homes) : groups.members(chosen));
    order += 1;
  }

  function move(moved: ReturnType<typeof undoStep>): void {
    if (moved === null) return;
    ({ history } = moved);
    change(moved.cells);
  }

  start();

  return {
    state: () => ({
      headers,
      fields,
      width: cells.reduce((most, { length }) => Math.max(most, length), headers.length),
      groups: groups.list(cells.length, reasonsOf),
      chosen,
      lines: shown,
      order,
      revision,
      rows: cells.length,
      fixed: reasons.filter(({ length }) => length === 0).length,
      changed: cells.filter((_, row) => isChanged(row)).length,
      canUndo: history.done.length > 0,
      canRedo: history.undone.length > 0,
    }),
    rowsBetween: (from, to) =>
      Array.from(shown.subarray(from, to), (row) => {
        const [now, before] = [cells[row], original[row]];
        if (now === undefined || before === undefined) return null;
        const changed = now.flatMap((cell, at) => (cell === (before[at] ?? '') ? [] : [at]));
        return { row, line: lines[row] ?? 0, cells: now, changed, reasons: reasonsOf(row) };
      }),
    edit(row, position, text) {
      const before = cells[row];
      if (before === undefined || (before[position] ?? '') === text) return;
      record([{ row, before, after: withCell(before, position, text) }]);
    },
    try(bulk) {
      const { rows, step } = plan(bulk);
      if (step.length === 0) return { rows, changed: 0, fixed: 0 };
      const after = [...cells];
      for (const one of step) after[one.row] = one.after;
      const placed = { rows: after, lines };
      const changedRows = step.map(({ row }) => row);
      const findings = checker.check(placed, inOrder(checker.withRelated(placed, changedRows)));
      const fixed = [...findings].filter(([row, found]) => found.length === 0 && reasonsOf(row).length > 0);
      return { rows, changed: step.length, fixed: fixed.length };
    },
    apply: (bulk) => record(plan(bulk).step),
    undo: () => move(undoStep(history)),
    redo: () => move(redoStep(history)),
    choose(group) {
      chosen = group;
      arrange();
    },
    fixed() {
      const candidates = cells.flatMap((_, row) => (reasonsOf(row).length === 0 ? [row] : []));
      const rows = takenAlone(candidates, (some) => checker.check({ rows: cells, lines }, some));
      const pick = <T>(all: readonly T[]): readonly T[] => {
        const wanted = new Set(rows);
        return all.filter((_, row) => wanted.has(row));
      };
      return { rows, file: { headers, rows: pick(cells), lines: pick(lines), notes: pick(notes) } };
    },
    remove(rows) {
      const gone = new Set(rows);
      const places = new Map<number, number>();
      for (let row = 0; row < cells.length; row += 1) if (!gone.has(row)) places.set(row, places.size);
      const placeOf = (row: number): number | null => places.get(row) ?? null;
      const stays = (_: unknown, row: number): boolean => !gone.has(row);
      cells = cells.filter(stays);
      original = original.filter(stays);
      lines = lines.filter(stays);
      notes = notes.filter(stays);
      reasons = reasons.filter(stays);
      homes = homes.filter(stays);
      unexplained = new Set([...unexplained].map(placeOf).filter((row) => row !== null));
      groups.moveRows(placeOf);
      if (chosen !== null && groups.members(chosen).length === 0) chosen = null;
      history = forgetRows(history, placeOf);
      revision += 1;
      arrange();
    },
  };
}

function withCell(cells: Cells, position: number, text: string): Cells {
  const missing = Math.max(0, position + 1 - cells.length);
  return [...cells, ...new Array<string>(missing).fill('')].with(position, text);
}

/** Whether somebody has written by hand what was there at first. */
function isAsBefore(now: Cells, before: Cells = []): boolean {
  return now.length === before.length && now.every((cell, at) => cell === before[at]);
}

function inOrder(rows: ReadonlySet<number>): readonly number[] {
  return [...rows].sort((a, b) => a - b);
}

/** All rows below their groups, the largest group first. */
function allGroups(homes: readonly number[]): readonly number[] {
  const rowsOf = new Map<number, number[]>();
  for (const [row, home] of homes.entries()) {
    const known = rowsOf.get(home);
    if (known === undefined) rowsOf.set(home, [row]);
    else known.push(row);
  }
  return [...rowsOf]
    .sort(([, a], [, b]) => b.length - a.length)
    .flatMap(([group, rows]) => [-1 - group, ...rows]);
}

/** Without the rows that would be rejected when only the others of them are sent, such as the refund of a sale that stays behind. */
function takenAlone(
  rows: readonly number[],
  check: (rows: readonly number[]) => Findings,
): readonly number[] {
  if (rows.length === 0) return rows;
  const findings = check(rows);
  const taken = rows.filter((row) => findings.get(row)?.length === 0);
  return taken.length === rows.length ? taken : takenAlone(taken, check);
}

/** What the import has written beside a row: `Email: This is no address. [invalid_email]`. */
function noted(note = ''): Reason {
  const code = /\[([a-z_]+)\]/.exec(note)?.[1] ?? 'unprocessable_row';
  return { code, column: null, message: note };
}
