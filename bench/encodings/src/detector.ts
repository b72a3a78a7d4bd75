import { CsvFileError, createCsvReader } from '@pledgeline/csv-core';
import chardet from 'chardet';
import * as jschardet from 'jschardet';
import { loadChardetng } from './load-chardetng.js';

/** The result of a detector for a file. */
export type Verdict =
  | { readonly kind: 'read'; readonly encoding: string; readonly isCertain: boolean }
  | { readonly kind: 'refused'; readonly code: string; readonly line: number | null };

export interface Detector {
  readonly name: string;
  detect(bytes: Uint8Array): Verdict;
}

/** For detectors with a confidence from 0 to 1: a lower confidence is uncertain. */
const CERTAIN = 0.5;

const read = (encoding: string, isCertain: boolean): Verdict => ({ kind: 'read', encoding, isCertain });
const UNKNOWN: Verdict = { kind: 'refused', code: 'unknown', line: null };

/** csv-core, through its public API. It reads the whole file. */
export const OURS: Detector = {
  name: 'csv-core',
  detect(bytes) {
    try {
      const reader = createCsvReader({ onHeader: () => null, onChunk: () => {} });
      reader.push(bytes);
      const { encoding, doubt } = reader.end();
      return read(encoding.name, doubt === null);
    } catch (error) {
      if (error instanceof CsvFileError) return { kind: 'refused', code: error.code, line: error.line };
      throw error;
    }
  },
};

const chardetng = loadChardetng();

export const DETECTORS: readonly Detector[] = [
  OURS,
  {
    name: 'chardetng',
    detect: (bytes) => read(chardetng(bytes), true),
  },
  {
    name: 'jschardet',
    detect(bytes) {
      const { encoding, confidence } = jschardet.detect(Buffer.from(bytes));
      return encoding === null ? UNKNOWN : read(encoding, confidence >= CERTAIN);
    },
  },
  {
    name: 'chardet',
    detect(bytes) {
      const [best] = chardet.analyse(bytes);
      return best === undefined ? UNKNOWN : read(best.name, best.confidence >= CERTAIN * 100);
    },
  },
];
