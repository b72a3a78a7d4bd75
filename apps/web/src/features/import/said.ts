import type { MappingAnswers } from '../mapping/answer-mapping.js';

/** What a person has said of a file before it is sent. */
export interface Said extends MappingAnswers {
  /** Whether the person says what the columns are, whatever the file seems to be. */
  readonly isOwn: boolean;
  /** Whether the server may look into the file. */
  readonly mayAskServer: boolean;
}

export const nothingSaid: Said = { answers: new Map(), saveAs: '', isOwn: false, mayAskServer: false };

/** Whether an import has to wait for what was said. */
export function isSaid({ answers, saveAs, isOwn }: Said): boolean {
  return isOwn || answers.size > 0 || saveAs.trim() !== '';
}
