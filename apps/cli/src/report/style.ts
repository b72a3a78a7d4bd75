import { styleText } from 'node:util';

/** How text is shown: with or without colours, and how wide. */
export interface Style {
  /** Of the report, in columns of the terminal. */
  readonly width: number;
  bold(text: string): string;
  dim(text: string): string;
  good(text: string): string;
  bad(text: string): string;
  warn(text: string): string;
}

const MIN_WIDTH = 80;
const MAX_WIDTH = 100;

/** The style for a stream: colours only on a terminal, and only if the user wants them. */
export function styleFor(
  stream: { readonly isTTY?: boolean; readonly columns?: number },
  options: { readonly noColor: boolean },
): Style {
  const width = Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, stream.columns ?? MAX_WIDTH));
  return stream.isTTY === true && !options.noColor ? { width, ...colours } : { width, ...plain };
}

const same = (text: string): string => text;

const plain = { bold: same, dim: same, good: same, bad: same, warn: same };

// Without styleText's own check for a terminal: it looks at stdout only, and the CLI also writes to stderr.
const paint =
  (format: 'bold' | 'dim' | 'green' | 'red' | 'yellow') =>
  (text: string): string =>
    styleText(format, text, { validateStream: false });

const colours = {
  bold: paint('bold'),
  dim: paint('dim'),
  good: paint('green'),
  bad: paint('red'),
  warn: paint('yellow'),
};
