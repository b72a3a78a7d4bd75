import type { ColumnAssignment } from '@pledgeline/csv-core';
import { columnAssignmentSchema } from '@pledgeline/csv-core/map';
import { z } from 'zod';
import type { Database } from '../../client.js';
import { newId } from '../../ids.js';
import { readingFrom } from '../../page-start.js';
import { type Batches, readBatches, type Sized } from '../../read-batches.js';
import type { PageQuery } from '../../read-page.js';

/** A saved mapping of a header row, used when the same header row comes again. */
export interface MappingTemplate {
  readonly id: string;
  readonly name: string;
  /** Lower-case hex SHA-256 of the normalised header row. */
  readonly headerFingerprint: string;
  readonly platform: string;
  readonly columns: readonly ColumnAssignment[] | null;
  readonly createdAt: Date;
}

const columns = 'id, name, header_fingerprint, platform, columns, created_at';

/** A limit, because every upload reads the fingerprints of all. Far more than a merchant has. */
const MAX_TEMPLATES = 1_000;

interface TemplateRow {
  id: string;
  name: string;
  header_fingerprint: string;
  platform: string;
  columns: unknown;
  created_at: Date;
}

/** A merchant's templates, newest first, from the start of a page on. */
export function listTemplates(
  db: Database,
  merchantId: string,
  { start, limit }: PageQuery,
): Batches<MappingTemplate> {
  const { beyond, order } = readingFrom(start, 'DESC');
  return readBatches(
    {
      async findNext(last, count) {
        const { rows } = await db.pool.query<Sized>(
          `SELECT id, coalesce(octet_length(columns::text), 0) + 200 AS size FROM (
             SELECT id, columns FROM mapping_template
             WHERE merchant_id = $1 AND ($2::uuid IS NULL OR id ${beyond} $2) ORDER BY id ${order} LIMIT $3) template
           ORDER BY id ${order}`,
          [merchantId, last ?? null, count],
        );
        return rows;
      },
      async read(ids) {
        const { rows } = await db.pool.query<TemplateRow>(
          `SELECT ${columns} FROM mapping_template WHERE id = ANY ($1::uuid[]) ORDER BY id ${order}`,
          [ids],
        );
        return rows.map(toTemplate);
      },
    },
    { after: start?.key, limit },
  );
}

/** The fingerprints of the header rows that a merchant has templates for: the newest, if there are very many. */
export async function listTemplateFingerprints(db: Database, merchantId: string): Promise<readonly string[]> {
  const { rows } = await db.pool.query<{ header_fingerprint: string }>(
    `SELECT header_fingerprint FROM mapping_template WHERE merchant_id = $1 ORDER BY id DESC LIMIT ${MAX_TEMPLATES}`,
    [merchantId],
  );
  return rows.map((row) => row.header_fingerprint);
}

/** The template for a header row; null when it was deleted meanwhile. */
export async function findTemplate(
  db: Database,
  merchantId: string,
  headerFingerprint: string,
): Promise<MappingTemplate | null> {
  const { rows } = await db.pool.query<TemplateRow>(
    `SELECT ${columns} FROM mapping_template WHERE merchant_id = $1 AND header_fingerprint = $2`,
    [merchantId, headerFingerprint],
  );
  return rows[0] ? toTemplate(rows[0]) : null;
}

function toTemplate(row: TemplateRow): MappingTemplate {
  return {
    id: row.id,
    name: row.name,
    headerFingerprint: row.header_fingerprint,
    platform: row.platform,
    columns: z.array(columnAssignmentSchema).nullable().parse(row.columns),
    createdAt: row.created_at,
  };
}

/** Saves it, in place of one for the same header row. */
export async function saveTemplate(
  db: Database,
  merchantId: string,
  template: Omit<MappingTemplate, 'id' | 'createdAt'>,
): Promise<void> {
  const { name, headerFingerprint, platform, columns } = template;
  await db.pool.query(
    `INSERT INTO mapping_template (id, merchant_id, name, header_fingerprint, platform, columns)
     VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (merchant_id, header_fingerprint)
     DO UPDATE SET name = excluded.name, platform = excluded.platform, columns = excluded.columns`,
    [newId(), merchantId, name, headerFingerprint, platform, columns && JSON.stringify(columns)],
  );
}

/** Gives it another name. Returns it; null when the merchant has no such template. */
export async function renameTemplate(
  db: Database,
  merchantId: string,
  id: string,
  name: string,
): Promise<MappingTemplate | null> {
  const { rows } = await db.pool.query<TemplateRow>(
    `UPDATE mapping_template SET name = $3 WHERE merchant_id = $1 AND id = $2 RETURNING ${columns}`,
    [merchantId, id, name],
  );
  return rows[0] ? toTemplate(rows[0]) : null;
}

/** Whether there was one to delete. */
export async function deleteTemplate(db: Database, merchantId: string, id: string): Promise<boolean> {
  const { rowCount } = await db.pool.query(
    'DELETE FROM mapping_template WHERE merchant_id = $1 AND id = $2',
    [merchantId, id],
  );
  return rowCount === 1;
}
