import type { ImportProgress } from '../upload/import-file.js';
import { progressText, shareOf } from './progress-text.js';
import { cut } from './text.js';

/** Where progress is shown: the part of `tty.WriteStream` that is needed. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** Shows progress to a user who waits. */
export interface ProgressLine {
  step(text: string): void;
  /** Prints a note on a line of its own. */
  note(text: string): void;
  show(progress: ImportProgress): void;
  /** Ends the redrawn line, so that other text can follow. */
  end(): void;
}

const REDRAW_MS = 80;

/** Redraws one line on a terminal; elsewhere prints a line for each step, and a few during each phase. */
export function createProgressLine(stream: ProgressStream): ProgressLine {
  return stream.isTTY === true ? redrawnLine(stream) : plainLines(stream);
}

/** One column less than the terminal has, because some terminals begin a new line when one is full. */
function widthOf({ columns = 0 }: ProgressStream): number {
  // Terminals of programs such as CI runners often report 0 columns.
  return (columns > 0 ? columns : 80) - 1;
}

function redrawnLine(stream: ProgressStream): ProgressLine {
  let drawnAt = 0;
  let phase: string | null = null;
  let isOpen = false;
  const draw = (text: string): void => {
    // Carriage return, text, and "erase to the end of the line" (ECMA-48).
    stream.write(`\r${cut(text, widthOf(stream))}\u001b[K`);
    isOpen = true;
  };
  const end = (): void => {
    if (isOpen) stream.write('\n');
    isOpen = false;
  };
  return {
    step: (text) => draw(`${text} …`),
    note(text) {
      end();
      stream.write(`${text}\n`);
    },
    show(progress) {
      const isNewPhase = progress.phase !== phase;
      if (isNewPhase && phase !== null) end();
      const now = performance.now();
      if (!isNewPhase && shareOf(progress) < 1 && now - drawnAt < REDRAW_MS) return;
      phase = progress.phase;
      drawnAt = now;
      draw(progressText(progress, widthOf(stream)));
    },
    end,
  };
}

/** How many lines each phase prints where nothing can be redrawn. */
const PLAIN_LINES = { sending: 2, importing: 10, reviewing: 10, comparing: 2, undoing: 10 };

function plainLines(stream: ProgressStream): ProgressLine {
  let phase: ImportProgress['phase'] | null = null;
  let steps = 0;
  return {
    step: (text) => stream.write(`${text} …\n`),
    note: (text) => stream.write(`${text}\n`),
    show(progress) {
      if (progress.phase !== phase) steps = 0;
      phase = progress.phase;
      const now = Math.floor(shareOf(progress) * PLAIN_LINES[phase]);
      if (now <= steps) return;
      steps = now;
      stream.write(`${progressText(progress)}\n`);
    },
    end: () => undefined,
  };
}
