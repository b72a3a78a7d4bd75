import { client } from '../../api/client.js';
import type {
  Answer,
  BookState,
  BulkChange,
  BulkOutcome,
  FromWorker,
  Question,
  RowView,
} from './book/protocol.js';

/** What the page shows now. A new object whenever something has changed. */
export interface Shown {
  readonly state: BookState;
  /** The line at a place of `lines`: null above a group, undefined while the worker is asked for it. */
  lineAt(place: number): RowView | null | undefined;
}

/** The rejected rows of a file, which stay in a worker. Only those in sight are on the page. */
export interface RejectsStore {
  subscribe(onChange: () => void): () => void;
  shown(): Shown;
  /** Says which places are in sight. */
  look(from: number, to: number): void;
  edit(row: number, position: number, text: string): Promise<void>;
  try(change: BulkChange): Promise<BulkOutcome>;
  apply(change: BulkChange): Promise<void>;
  undo(): Promise<void>;
  redo(): Promise<void>;
  choose(group: number | null): Promise<void>;
  /** The fixed rows as a file to send. */
  write(): Promise<{ readonly file: Blob; readonly rows: readonly number[] }>;
  remove(rows: readonly number[]): Promise<void>;
}

interface Opening {
  readonly uploadId: string;
  /** The number of the file in the upload; undefined for the only one with rejected rows. */
  readonly file: number | undefined;
  readonly worker: Worker;
  readonly signal: AbortSignal;
  onBytes(count: number): void;
}

/**
 * Reads the rejected rows of a file into the worker, as they arrive.
 *
 * @throws ProblemError, ConnectionError; `several_files` when the file has to be chosen
 */
export async function openRejectsStore({
  uploadId,
  file,
  worker,
  signal,
  onBytes,
}: Opening): Promise<RejectsStore> {
  const path = { id: uploadId };
  const query = file === undefined ? {} : { file };
  const reading = await client.get('/v1/uploads/{id}/reading', { path, query, signal });
  const ofFile = { path, query: { file: reading.file }, signal };
  const { body } = await client.download('/v1/uploads/{id}/rejected.csv', ofFile);
  const reader = body.getReader();
  let count = 0;
  for (;;) {
    const { value: bytes } = await reader.read();
    if (bytes === undefined) break;
    count += bytes.length;
    worker.postMessage({ bytes });
    onBytes(count);
  }
  const ask = askWorker(worker);
  return createStore(ask, stateOf(await ask({ kind: 'open', reading, uploadId })));
}

type Ask = (question: Question) => Promise<Answer>;

/** Whoever made the worker hears of its errors, after which nothing is answered any more. */
function askWorker(worker: Worker): Ask {
  const waiting = new Map<number, (answer: Answer) => void>();
  let asked = 0;
  worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => {
    waiting.get(data.id)?.(data.answer);
    waiting.delete(data.id);
  });
  return (question) =>
    new Promise((resolve) => {
      asked += 1;
      waiting.set(asked, resolve);
      worker.postMessage({ id: asked, question });
    });
}

function stateOf(answer: Answer): BookState {
  if (answer.kind === 'state') return answer.state;
  throw new Error(`The worker answered "${answer.kind}" where the state was asked for.`);
}

/** How many lines are asked for at once. */
const BLOCK = 40;
/** More blocks than are ever in sight are not kept. */
const MAX_BLOCKS = 50;

interface Block {
  readonly revision: number;
  readonly lines: readonly (RowView | null)[];
}

function createStore(ask: Ask, first: BookState): RejectsStore {
  const listeners = new Set<() => void>();
  const blocks = new Map<number, Block>();
  const underWay = new Set<string>();
  let state = first;
  let inSight = { from: 0, to: BLOCK };

  const lineAt = (place: number): RowView | null | undefined =>
    blocks.get(Math.floor(place / BLOCK))?.lines[place % BLOCK];
  let shown: Shown = { state, lineAt };

  function show(): void {
    shown = { state, lineAt };
    for (const listener of listeners) listener();
  }

  function fill(): void {
    const last = Math.floor(Math.min(inSight.to, state.lines.length - 1) / BLOCK);
    for (let at = Math.floor(inSight.from / BLOCK); at <= last; at += 1) {
      if (blocks.get(at)?.revision !== state.revision) void load(at);
    }
  }

  async function load(at: number): Promise<void> {
    const { revision, order } = state;
    const name = `${at} ${order} ${revision}`;
    if (underWay.has(name)) return;
    underWay.add(name);
    const answer = await ask({ kind: 'rows', from: at * BLOCK, to: (at + 1) * BLOCK });
    underWay.delete(name);
    // What was asked for before the rows changed their places belongs nowhere.
    if (answer.kind !== 'rows' || order !== state.order) return;
    blocks.delete(at);
    blocks.set(at, { revision, lines: answer.rows });
    const [oldest] = blocks.keys();
    if (blocks.size > MAX_BLOCKS && oldest !== undefined) blocks.delete(oldest);
    show();
  }

  async function carryOut(question: Question): Promise<void> {
    const next = stateOf(await ask(question));
    if (next.order !== state.order) blocks.clear();
    state = next;
    show();
    fill();
  }

  return {
    subscribe(onChange) {
      listeners.add(onChange);
      return () => listeners.delete(onChange);
    },
    shown: () => shown,
    look(from, to) {
      inSight = { from, to };
      fill();
    },
    edit: (row, position, text) => carryOut({ kind: 'edit', row, position, text }),
    async try(change) {
      const answer = await ask({ kind: 'try', change });
      if (answer.kind === 'outcome') return answer.outcome;
      throw new Error(`The worker answered "${answer.kind}" where an outcome was asked for.`);
    },
    apply: (change) => carryOut({ kind: 'apply', change }),
    undo: () => carryOut({ kind: 'undo' }),
    redo: () => carryOut({ kind: 'redo' }),
    choose: (group) => carryOut({ kind: 'choose', group }),
    async write() {
      const answer = await ask({ kind: 'write' });
      if (answer.kind === 'file') return { file: answer.file, rows: answer.rows };
      throw new Error(`The worker answered "${answer.kind}" where a file was asked for.`);
    },
    remove: (rows) => carryOut({ kind: 'remove', rows }),
  };
}
