import type pg from 'pg';

/** Whether one thing that must always be true of an upload is. */
export interface UploadCheck {
  /** Stable. */
  readonly check: string;
  readonly holds: boolean;
  /** What must be true; where it is not, what was found instead. */
  readonly detail: string;
}

/** Something that must always be true of an upload, and how to find what breaks it. */
export interface Invariant {
  readonly check: string;
  /** A sentence. */
  readonly promise: string;
  /** Everything that breaks it; empty when it holds. */
  find(client: pg.ClientBase, uploadId: string): Promise<readonly string[]>;
}

/** Of the upload `u` in a query: whether it has ended. */
export const isFinal = `u.status = ANY (ARRAY['COMPLETED', 'FAILED', 'CANCELED']::"UploadStatus"[])`;

/** An invariant that a query tests: it gives a column `problem`, and a row for whatever breaks it. `$1` is the upload. */
export function sqlInvariant(
  check: string,
  promise: string,
  sql: string,
  parameters: readonly unknown[] = [],
): Invariant {
  return {
    check,
    promise,
    async find(client, uploadId) {
      const { rows } = await client.query<{ problem: string }>(sql, [uploadId, ...parameters]);
      return rows.map(({ problem }) => problem);
    },
  };
}
