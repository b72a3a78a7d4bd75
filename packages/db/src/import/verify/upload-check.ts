import type pg from 'pg';

/** The result of checking one invariant of an upload. */
export interface UploadCheck {
  /** A stable name. */
  readonly check: string;
  readonly holds: boolean;
  /** The invariant as a sentence; if it does not hold, what was found instead. */
  readonly detail: string;
}

/** Something that must be true of an upload at any moment, and a function that finds violations. */
export interface Invariant {
  readonly check: string;
  /** A sentence. */
  readonly promise: string;
  /** All violations; empty when it holds. */
  find(client: pg.ClientBase, uploadId: string): Promise<readonly string[]>;
}

/** SQL: whether the upload `u` of a query is final. */
export const isFinal = `u.status = ANY (ARRAY['COMPLETED', 'FAILED', 'CANCELED']::"UploadStatus"[])`;

/** SQL: whether the upload `u` of a query was final, and is being undone or read with other columns. */
export const isReworked = `u.status = ANY (ARRAY['UNDOING', 'REMAPPING']::"UploadStatus"[])`;

/** An invariant that is checked by a query. It returns a row with a column `problem` for each violation. `$1` is the upload. */
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
