import { detectPlatform } from '@pledgeline/csv-core';
import { describe, expect, it } from 'vitest';
import { shortenDetection } from './shorten-detection.js';

describe('The detection that is kept with a file', () => {
  it('is that of the file when its columns are few and short', () => {
    const detection = detectPlatform(['Email', 'Shoe size']);
    expect(shortenDetection(detection)).toEqual(detection);
  });

  it('names a hundred unknown columns, cut, and says how many there are', () => {
    const headers = Array.from({ length: 1_990 }, (_, at) => `c${at}`.padEnd(1_990, 'x'));
    const { unknownColumns, reasons } = shortenDetection(detectPlatform(headers));
    expect(unknownColumns).toHaveLength(100);
    expect(unknownColumns[0]).toBe(`${'c0'.padEnd(199, 'x')}…`);
    expect(reasons.at(-1)).toBe('1990 columns are unknown, of which the first 100 are named');
  });
});
