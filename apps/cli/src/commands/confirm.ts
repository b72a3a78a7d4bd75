import { createInterface } from 'node:readline';
import type { CommandContext } from './context.js';

/** Whether a person can be asked: both the question and the answer are on a terminal. */
export function canAsk({ stdin, stderr }: CommandContext): boolean {
  return stdin.isTTY === true && stderr.isTTY === true;
}

/** Asks a question on stderr. Anything but `y` or `yes`, also the end of the input, is a no. */
export async function confirm(
  question: string,
  { stdin, stderr, signal }: Pick<CommandContext, 'stdin' | 'stderr' | 'signal'>,
): Promise<boolean> {
  signal.throwIfAborted();
  stderr.write(`${question} [y/N] `);
  const lines = createInterface({ input: stdin, signal });
  try {
    for await (const line of lines) return /^y(?:es)?$/i.test(line.trim());
    // Ctrl-C has closed it, or Ctrl-D.
    stderr.write('\n');
    signal.throwIfAborted();
    return false;
  } finally {
    lines.close();
  }
}
