import { appendFileSync } from 'node:fs';
import { inject } from 'vitest';

/** One row of the table that the suite ends with. */
export interface Figure {
  /** What was sent. */
  readonly sent: string;
  /** What happened before there was a limit: from the issue, measured once. */
  readonly before: string;
  /** What happens now. */
  readonly now: string;
}

declare module 'vitest' {
  export interface ProvidedContext {
    /** The file that collects figures, one line of JSON each. */
    figuresFile: string;
  }
}

/** Adds a row to the table. Call it before anything is expected of the figure, so that a failed test shows it as well. */
export function recordFigure(figure: Figure): void {
  appendFileSync(inject('figuresFile'), `${JSON.stringify(figure)}\n`);
}
