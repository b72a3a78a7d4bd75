import { describe, expect, it } from 'vitest';
import { readImportOptions } from './import-options.js';

describe('the options of pnpm bench', () => {
  it('measures 100,000 rows three times, with one worker and with two, against no other commit', () => {
    expect(readImportOptions([])).toEqual({
      rows: 100_000,
      pairs: 3,
      workers: [1, 2],
      queue: 'postgres',
      variables: {},
      against: null,
      skipPlain: false,
      skipCopy: false,
      again: false,
      probe: false,
    });
  });

  it('reads a commit and everything that holds for both sides', () => {
    const line = '-- --rows 5000 --against ab94dfa --workers 2 --pairs 1 --again --probe --queue redis';
    expect(readImportOptions(line.split(' '))).toMatchObject({
      rows: 5_000,
      against: 'ab94dfa',
      workers: [2],
      pairs: 1,
      again: true,
      probe: true,
      queue: 'redis',
    });
  });

  it('takes a commit as git understands it', () => {
    expect(readImportOptions(['--against', 'origin/main~3']).against).toBe('origin/main~3');
  });

  it('wants a commit after --against', () => {
    expect(() => readImportOptions(['--against'])).toThrow(/--against/);
    expect(() => readImportOptions(['--against', '--again'])).toThrow(/--against/);
    expect(() => readImportOptions(['--against='])).toThrow('--against must name a commit');
  });

  it('reads a list of numbers of workers, and nothing else there', () => {
    expect(readImportOptions(['--workers', '1,2,4']).workers).toEqual([1, 2, 4]);
    for (const text of ['0', '1,', 'two', '1.5']) {
      expect(() => readImportOptions(['--workers', text]), text).toThrow('--workers must be a whole number');
    }
  });

  it('measures with every number of workers once', () => {
    expect(readImportOptions(['--workers', '2,1,2']).workers).toEqual([2, 1]);
  });

  it('hands on settings, whose values may have an equals sign', () => {
    const { variables } = readImportOptions(['--set', 'CONCURRENCY=3', '--set', 'FLAGS=a=b']);
    expect(variables).toEqual({ CONCURRENCY: '3', FLAGS: 'a=b' });
    expect(() => readImportOptions(['--set', 'CONCURRENCY'])).toThrow('must be NAME=value');
  });

  it('refuses options that there are not', () => {
    expect(() => readImportOptions(['--agianst', 'HEAD'])).toThrow(/agianst/);
  });
});
