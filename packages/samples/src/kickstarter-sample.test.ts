import { createCsvReader, detectPlatform, type RowChunk } from '@pledgeline/csv-core';
import { mapKeys } from '@pledgeline/csv-core/map';
import { describe, expect, it } from 'vitest';
import { kickstarterSample, sampleRows } from './kickstarter-sample.js';
import { sampleHeaders } from './sample-columns.js';

function textOf(rows: number, seed?: number): string {
  return [...kickstarterSample({ rows, seed })].join('');
}

/** The sample as the API would cut it. */
function chunksOf(text: string): readonly RowChunk[] {
  const chunks: RowChunk[] = [];
  const reader = createCsvReader({ onHeader: () => undefined, onChunk: (chunk) => chunks.push(chunk) });
  reader.push(new TextEncoder().encode(text));
  reader.end();
  return chunks;
}

describe('the Kickstarter sample', () => {
  it('is the same for the same seed, and begins with the same rows however long it is', () => {
    expect(textOf(500)).toBe(textOf(500));
    expect(textOf(500)).not.toBe(textOf(500, 2));
    expect(textOf(500).startsWith(textOf(300))).toBe(true);
  });

  it('comes in small pieces, none of which is made before it is asked for', () => {
    const endless = kickstarterSample({ rows: Number.MAX_SAFE_INTEGER });
    for (let piece = 0; piece < 20; piece += 1) {
      const { value } = endless.next();
      expect(value?.length).toBeLessThan(100_000);
    }
  });

  it('is recognised as a Kickstarter report with every column known', () => {
    const detection = detectPlatform(sampleHeaders);
    expect(detection).toMatchObject({ platform: 'kickstarter', unknownColumns: [], missingColumns: [] });
    expect(detection.confidence).toBeGreaterThan(0.9);
  });

  it('has one broken row in a hundred, of every kind, and mapKeys rejects exactly those for the stated reason', () => {
    const rows = [...sampleRows({ rows: 5_000 })];
    const broken = rows.flatMap(({ breakage }, index) =>
      breakage === null ? [] : [{ row: index + 1, code: breakage.code, column: breakage.column }],
    );
    expect(broken).toHaveLength(50);
    expect(new Set(broken.map(({ code }) => code)).size).toBe(7);

    const rejects = chunksOf(textOf(5_000)).flatMap(
      ({ headers, rows: cells, firstRow, lines }) => mapKeys(headers, cells, { firstRow, lines }).rejects,
    );
    const reasons = rejects.map(({ row, issues }) => ({
      row,
      code: issues[0]?.code,
      column: issues[0]?.column,
    }));
    expect(reasons).toEqual(broken);
  });

  it('has what real reports have: line breaks in cells, short rows, repeated backers, add-ons and answers', () => {
    const chunks = chunksOf(textOf(5_000));
    const cells = chunks.flatMap((chunk) => chunk.rows);
    const records = chunks.flatMap(({ headers, rows }) => mapKeys(headers, rows).records);
    expect(cells.some((row) => row.some((cell) => cell.includes('\n')))).toBe(true);
    expect(cells.some((row) => row.length < sampleHeaders.length)).toBe(true);
    const backers = new Set(records.map(({ backer }) => backer.identity));
    expect(backers.size).toBeLessThan(records.length);
    expect(backers.size).toBeGreaterThan(records.length * 0.9);
    const items = records.flatMap(({ pledge }) => pledge?.items ?? []);
    expect(new Set(items.map(({ kind }) => kind))).toEqual(new Set(['REWARD', 'ADD_ON', 'ITEM']));
    expect(records.some(({ survey }) => (survey?.answers.length ?? 0) > 0)).toBe(true);
    expect(new Set(records.map(({ pledge }) => pledge?.currency))).toEqual(new Set(['USD']));
    expect(new Set(records.map(({ pledge }) => pledge?.status)).size).toBe(5);
  });

  it('holds nobody who could exist', () => {
    const emails = [...sampleRows({ rows: 2_000 })]
      .filter(({ breakage }) => breakage === null)
      .map(({ cells }) => cells[sampleHeaders.indexOf('Email')] ?? '');
    expect(emails.every((email) => email === '' || email.endsWith('@example.com'))).toBe(true);
  });
});
