import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Database } from '../../client.js';
import { openTestDatabase } from '../../test-support/open-test-database.js';
import { processUpload } from '../../test-support/process-upload.js';
import { receiveCsv } from '../../test-support/receive-csv.js';
import { openWall } from '../../wall/open-wall.js';
import { exportIssues } from './list-issues.js';
import { readRejects } from './read-rejects.js';
import { exportRecords, listBackers } from './records/list-records.js';

const ROWS = 100;
const headers = ['Order ID', 'Name', 'Email', 'Amount', 'Currency'];
const csv = [
  headers.join(','),
  ...Array.from({ length: ROWS }, (_, at) => `A${at},Ada,ada${at}@example.com,1,EUR`),
  ...Array.from({ length: ROWS }, (_, at) => `B${at},Bob,nobody,1,EUR`),
  '',
].join('\n');

let db: Database;
let merchantId: string;
let close: () => Promise<void>;
let campaignId: string;
let uploadId: string;

beforeAll(async () => {
  const test = await openTestDatabase(inject('testPostgres'), 4);
  ({ db, close, merchantId } = test);
  const file = { merchantId, campaign: 'Lamp', csv, chunkRows: 30 };
  ({ id: uploadId, campaignId } = await receiveCsv(db, file));
  await processUpload(db, uploadId);
});
afterAll(() => close());

const query = () => ({
  campaignId,
  filters: {},
  sort: { by: 'id', order: 'ASC' } as const,
  limit: Infinity,
});

describe('An export', () => {
  it('has all records as they were when it began, whatever is written on the way', async () => {
    const names: (string | null)[] = [];
    let batches = 0;
    await exportRecords(db, listBackers, query(), async (rows) => {
      batches += 1;
      names.push(...rows.map(({ name }) => name));
      await db.prisma.backer.updateMany({ data: { name: 'Someone else' } });
    });
    expect(batches).toBeGreaterThan(1);
    expect(names).toEqual(Array.from({ length: ROWS }, () => 'Ada'));
  });

  it('has nothing of an import that runs meanwhile, behind the wall', async () => {
    const walled = openWall(db, () => merchantId);
    const emails = async (onBatch: () => Promise<void> = async () => {}) => {
      const found: (string | null)[] = [];
      await exportRecords(walled, listBackers, query(), async (rows) => {
        found.push(...rows.map(({ email }) => email));
        await onBatch();
      });
      return new Set(found);
    };
    const before = await emails();
    let begun = 0;
    const during = await emails(async () => {
      begun += 1;
      if (begun > 1) return;
      const more = ['Order ID,Name,Email,Amount,Currency', 'C1,Eve,eve@example.com,1,EUR', ''].join('\n');
      const { id } = await receiveCsv(db, { merchantId, campaign: 'Lamp', csv: more, chunkRows: 30 });
      await processUpload(db, id);
    });
    expect(begun).toBeGreaterThan(1);
    expect(during).toEqual(before);
    expect(await emails()).toEqual(new Set([...before, 'eve@example.com']));
    await db.prisma.pledge.deleteMany({ where: { externalId: 'C1' } });
    await db.prisma.backer.deleteMany({ where: { email: 'eve@example.com' } });
  });

  it('shows nothing of another merchant, also while it streams', async () => {
    const walled = openWall(db, () => randomUUID());
    let found = 0;
    await exportRecords(walled, listBackers, query(), async (rows) => {
      found += rows.length;
    });
    await readRejects(walled, { uploadId, fileIndex: 0 }, async ({ rows }) => {
      found += rows.length;
    });
    expect(found).toBe(0);
  });

  it('hands out the rejected rows chunk by chunk, in file order, with their lines and errors', async () => {
    const lines: number[] = [];
    await readRejects(db, { uploadId, fileIndex: 0 }, async (rejects) => {
      expect(rejects.headers).toEqual(headers);
      expect(rejects.rows.length).toBeLessThanOrEqual(30);
      for (const { line, cells, errors } of rejects.rows) {
        lines.push(line);
        expect(cells).toEqual([`B${line - ROWS - 2}`, 'Bob', 'nobody', '1', 'EUR']);
        expect(errors.map(({ code }) => code)).toEqual(['invalid_email']);
      }
    });
    expect(lines).toEqual(Array.from({ length: ROWS }, (_, at) => ROWS + 2 + at));
  });

  it('has all issues of an upload, as many as are asked for', async () => {
    const count = async (limit: number) => {
      let found = 0;
      await exportIssues(db, uploadId, { limit, severity: 'error' }, async (issues) => {
        found += issues.length;
      });
      return found;
    };
    expect(await count(Infinity)).toBe(ROWS);
    expect(await count(7)).toBe(7);
  });

  it('is cut off when its reader takes nothing for too long, and frees its connection', async () => {
    for (let at = 0; at < 5; at += 1) {
      const sleepy = () => sleep(300);
      await expect(exportRecords(db, listBackers, query(), sleepy, { maxPauseMs: 50 })).rejects.toThrow();
    }
    let found = 0;
    await exportRecords(db, listBackers, query(), async (rows) => {
      found += rows.length;
    });
    expect(found).toBe(ROWS);
  });

  it('gives its connection back when its reader stops', async () => {
    const stop = new Error('The client has left');
    for (let at = 0; at < 6; at += 1) {
      await expect(exportRecords(db, listBackers, query(), () => Promise.reject(stop))).rejects.toThrow(stop);
      await expect(readRejects(db, { uploadId, fileIndex: 0 }, () => Promise.reject(stop))).rejects.toThrow(
        stop,
      );
    }
  });
});
