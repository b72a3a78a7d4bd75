import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parseEnvironment } from './env.js';

const DATABASE_URL = 'postgres://me:secret@localhost:5432/pledgeline';

describe('The environment of the API', () => {
  it('needs only DATABASE_URL', () => {
    expect(parseEnvironment({ DATABASE_URL })).toEqual({
      environment: {
        DATABASE_URL,
        ALLOW_EVICTION: false,
        HOST: '0.0.0.0',
        PAGE_DIR: fileURLToPath(new URL('../../web/dist', import.meta.url)),
        PORT: 3000,
        DATABASE_CONNECTIONS: 10,
        GRACE_MS: 20_000,
        CHUNK_ROWS: 2_500,
        MAX_RECORDS_LENGTH: 6_291_456,
        MAX_UPLOAD_BYTES: 2_147_483_648,
        MAX_UNPACKED_BYTES: 8_589_934_592,
        MAX_COMPRESSION_RATIO: 200,
        MAX_INSPECT_BYTES: 4_194_304,
        MAX_ARCHIVE_FILES: 1_000,
        MAX_ANSWER_BYTES: 4_194_304,
        MAX_HEADER_LENGTH: 262_144,
        STATEMENT_TIMEOUT_MS: 30_000,
        LOCK_TIMEOUT_MS: 5_000,
        MAX_UPLOADS_AT_ONCE: 16,
        MAX_MERCHANT_UPLOADS: 4,
        MAX_MERCHANT_REQUESTS: 8,
        TURN_TIMEOUT_MS: 30_000,
        MEMORY_BUDGET_BYTES: 67_108_864,
        WEBHOOK_PORTS: [80, 443],
        MAX_ROWS: 5_000_000,
        MAX_COLUMNS: 2_000,
        MAX_CELL_LENGTH: 1_048_576,
        MAX_ROW_LENGTH: 4_194_304,
        RECEIVE_TIMEOUT_MS: 60_000,
        SILENT_AFTER_MS: 120_000,
        RESUMABLE_DIR: join(tmpdir(), 'pledgeline-resumable'),
        MAX_MERCHANT_RESUMABLE_BYTES: 8_589_934_592,
        MAX_RESUMABLE_BYTES: 34_359_738_368,
        MIN_RECEIVE_RATE: 1_000,
        ALLOW_PRIVATE_WEBHOOKS: false,
        CORS_ORIGINS: [],
        LOG_LEVEL: 'info',
      },
    });
  });

  it('treats a blank variable as not set', () => {
    const result = parseEnvironment({ DATABASE_URL, REDIS_URL: '', PORT: ' ' });
    expect(result).toMatchObject({ environment: { PORT: 3000 } });
    expect(result).not.toHaveProperty('environment.REDIS_URL');
  });

  it('is refused with every problem at once, and without values', () => {
    const result = parseEnvironment({ REDIS_URL: 'http://me:secret@redis', CHUNK_ROWS: '7', PORT: 'many' });
    const problems = 'problems' in result ? result.problems : [];
    expect(problems.map((problem) => problem.split(':')[0])).toEqual([
      'DATABASE_URL',
      'REDIS_URL',
      'PORT',
      'CHUNK_ROWS',
    ]);
    expect(problems.join()).not.toContain('secret');
  });

  it.each(['1048575', '67108865', '6 MB'])(
    'is refused with a budget of %s for the records of a chunk',
    (budget) => {
      const result = parseEnvironment({ DATABASE_URL, MAX_RECORDS_LENGTH: budget });
      const problems = 'problems' in result ? result.problems : [];
      expect(problems.map((problem) => problem.split(':')[0])).toEqual(['MAX_RECORDS_LENGTH']);
    },
  );

  it('may have any budget for the records of a chunk from 1 to 64 Mi', () => {
    for (const budget of [1_048_576, 67_108_864]) {
      expect(parseEnvironment({ DATABASE_URL, MAX_RECORDS_LENGTH: `${budget}` })).toMatchObject({
        environment: { MAX_RECORDS_LENGTH: budget },
      });
    }
  });

  it('takes origins for CORS, and refuses what is no origin', () => {
    const CORS_ORIGINS = 'https://app.example.com, http://localhost:5173';
    expect(parseEnvironment({ DATABASE_URL, CORS_ORIGINS })).toMatchObject({
      environment: { CORS_ORIGINS: ['https://app.example.com', 'http://localhost:5173'] },
    });
    for (const wrong of ['https://app.example.com/', 'app.example.com', 'https://a.example.com/x']) {
      expect(parseEnvironment({ DATABASE_URL, CORS_ORIGINS: wrong })).toEqual({
        problems: [expect.stringContaining('CORS_ORIGINS: must be origins such as')],
      });
    }
  });

  it('is refused with FAULTS in production', () => {
    const variables = { DATABASE_URL, FAULTS: 'upload.sealed=kill' };
    expect(parseEnvironment(variables)).toHaveProperty('environment');
    expect(parseEnvironment({ ...variables, NODE_ENV: 'production' })).toEqual({
      problems: ['FAULTS: must not be set in production'],
    });
  });

  it('is refused with ALLOW_PRIVATE_WEBHOOKS in production', () => {
    const variables = { DATABASE_URL, ALLOW_PRIVATE_WEBHOOKS: 'true' };
    expect(parseEnvironment(variables)).toMatchObject({ environment: { ALLOW_PRIVATE_WEBHOOKS: true } });
    expect(parseEnvironment({ ...variables, NODE_ENV: 'production' })).toEqual({
      problems: ['ALLOW_PRIVATE_WEBHOOKS: must not be set in production'],
    });
    expect(parseEnvironment({ DATABASE_URL, NODE_ENV: 'production' })).toHaveProperty('environment');
  });
});
