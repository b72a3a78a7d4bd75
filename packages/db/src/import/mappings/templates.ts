import { type ColumnAssignment, columnAssignmentSchema } from '@pledgeline/csv-core';
import { z } from 'zod';
import type { Database } from '../../client.js';
import { newId } from '../../ids.js';

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

/** A limit, because every upload reads all templates of its merchant. Far more than a merchant has. */
const MAX_TEMPLATES = 1_000;

interface TemplateRow {
  id: string;
  name: string;
  header_fingerprint: string;
  platform: string;
  columns: unknown;
  created_at: Date;
}

/** A merchant's templates, newest first. */
export async function listTemplates(db: Database, merchantId: string): Promise<readonly MappingTemplate[]> {
  const { rows } = await db.pool.query<TemplateRow>(
    `SELECT id, name, header_fingerprint, platform, columns, created_at FROM mapping_template
     WHERE merchant_id = $1 ORDER BY id DESC LIMIT ${MAX_TEMPLATES}`,
    [merchantId],
  );
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    headerFingerprint: row.header_fingerprint,
    platform: row.platform,
    columns: z.array(columnAssignmentSchema).nullable().parse(row.columns),
    createdAt: row.created_at,
  }));
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

/** Whether there was one to delete. */
export async function deleteTemplate(db: Database, merchantId: string, id: string): Promise<boolean> {
  const { rowCount } = await db.pool.query(
    'DELETE FROM mapping_template WHERE merchant_id = $1 AND id = $2',
    [merchantId, id],
  );
  return rowCount === 1;
}
