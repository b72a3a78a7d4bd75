import type { Inspection } from '@pledgeline/client';
import type { SavedMapping } from '@pledgeline/csv-core';
import type { FileAnswers } from '../mapping/file-answers.js';

/** A mapping that the merchant has saved for a header row. */
export interface Template extends SavedMapping {
  readonly name: string;
  readonly headerFingerprint: string;
}

/** How a file is to be looked at. */
export interface Look {
  /** What a person has said of its tables, by the number of the table. */
  readonly answers: ReadonlyMap<number, FileAnswers>;
  /** Whether the person says what the columns are, whatever the file seems to be. */
  readonly isOwn: boolean;
  readonly templates: readonly Template[];
}

/** What the worker is asked: to look at the beginning of a file, or to explain what the server has seen in it. */
export interface LookRequest extends Look {
  readonly seen: Blob | Inspection;
}
