import { readAssignment } from '@pledgeline/programs';
import { readCount, readOptions } from '../read-options.js';

export interface ImportOptions {
  readonly rows: number;
  /** How often everything is measured. */
  readonly pairs: number;
  /** Numbers of workers, each measured by itself. */
  readonly workers: readonly number[];
  readonly queue: 'redis' | 'postgres';
  /** For API and workers, to try other settings. */
  readonly variables: Readonly<Record<string, string>>;
  /** A commit whose API and workers are measured as well, as git understands it. */
  readonly against: string | null;
  readonly skipPlain: boolean;
  readonly skipCopy: boolean;
  /** Whether the unchanged file is sent a second time. */
  readonly again: boolean;
  /** Whether the API is asked all the time, and how long answers take. */
  readonly probe: boolean;
}

/** What the command line of `pnpm bench` says. Throws on what it cannot mean. */
export function readImportOptions(args?: readonly string[]): ImportOptions {
  const { numbers, has, texts } = readOptions(
    {
      numbers: { rows: 100_000, pairs: 3 },
      switches: ['skip-plain', 'skip-copy', 'again', 'probe'],
      texts: ['workers', 'queue', 'set', 'against'],
    },
    args,
  );
  const against = texts('against').at(-1) ?? null;
  if (against?.trim() === '') throw new Error('--against must name a commit, such as HEAD~1');
  return {
    ...numbers,
    workers: readWorkers(texts('workers').at(-1) ?? '1,2'),
    queue: readQueue(texts('queue').at(-1) ?? 'postgres'),
    variables: Object.fromEntries(texts('set').map(readAssignment)),
    against,
    skipPlain: has('skip-plain'),
    skipCopy: has('skip-copy'),
    again: has('again'),
    probe: has('probe'),
  };
}

function readWorkers(text: string): readonly number[] {
  return [...new Set(text.split(',').map((each) => readCount('workers', each)))];
}

function readQueue(text: string): ImportOptions['queue'] {
  if (text === 'redis' || text === 'postgres') return text;
  throw new Error('--queue must be redis or postgres');
}
