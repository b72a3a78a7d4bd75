import {
  columnAssignmentSchema,
  createDecimalEvidence,
  type DecimalMark,
  findOrderGrouping,
  headerFingerprint,
  suggestMapping,
} from '@pledgeline/csv-core';
import {
  type FileMapping,
  type FileReport,
  type FileSample,
  type FileToSkip,
  mapFiles,
  readSample,
  readUpload,
  saveTemplate,
  type UploadReport,
} from '@pledgeline/db';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { AppContext } from '../../context.js';
import { checkMapping, type UsableMapping } from '../../mapping/check-mapping.js';
import { Problem } from '../../problem.js';
import { readJson } from '../../read-json.js';
import { lineParameter } from '../../read-query.js';
import { enqueueUpload } from '../../receive/enqueue-upload.js';
import { findUpload } from './find-upload.js';
import { presentUpload } from './present-upload.js';

/** How many rows a suggestion is based on. */
const SAMPLE_ROWS = 200;
/** How many rows are shown with a suggestion. */
const SHOWN_ROWS = 5;

const ofFile = {
  platform: z.string().optional(),
  columns: z.array(columnAssignmentSchema).min(1).optional(),
  dateOrder: z.enum(['dmy', 'mdy']).optional(),
};

const bodySchema = z.strictObject({
  ...ofFile,
  files: z
    .array(z.strictObject({ file: z.int().min(0), skip: z.literal(true).optional(), ...ofFile }))
    .min(1)
    .optional(),
  saveAs: lineParameter(100).optional(),
});

type Body = z.output<typeof bodySchema>;

interface UnknownFile {
  readonly index: number;
  readonly report: FileReport;
  readonly sample: FileSample;
}

/** `GET` and `PUT …/mapping`: what the unknown columns of an upload may be, and what they are. */
export function addMappingRoutes(app: FastifyInstance, { database, producer, config }: AppContext): void {
  app.get('/:id/mapping', async (request) => {
    const upload = await findUpload(database, request);
    const files = await readUnknownFiles(upload);
    return { status: upload.status, files: files.map(presentUnknown) };
  });

  app.put('/:id/mapping', async (request, reply) => {
    const upload = await findUpload(database, request);
    const body = await readJson(request, bodySchema);
    const mappings = readMappings(body, await readUnknownFiles(upload));
    const chunkIds = await mapFiles(
      database,
      upload.id,
      mappings.map(({ mapping }) => mapping),
    );
    if (body.saveAs !== undefined) {
      for (const { sample, usable } of mappings) {
        if (usable === null) continue;
        await saveTemplate(database, request.merchantId, {
          name: body.saveAs,
          headerFingerprint: headerFingerprint(sample.headers),
          platform: usable.platform.name,
          columns: usable.columns,
        });
      }
    }
    await enqueueUpload(producer, upload.id, chunkIds, request.log);
    const report = (await readUpload(database, request.merchantId, upload.id)) ?? upload;
    return reply.code(202).send(presentUpload(report, config.PUBLIC_URL));
  });

  async function readUnknownFiles({ id, files, status }: UploadReport): Promise<readonly UnknownFile[]> {
    if (status !== 'NEEDS_MAPPING') return [];
    const unknown: UnknownFile[] = [];
    for (const [index, report] of files.entries()) {
      if (report.skipped !== null || report.platform !== null) continue;
      const sample = await readSample(database, id, index, SAMPLE_ROWS);
      if (sample !== null) unknown.push({ index, report, sample });
    }
    return unknown;
  }
}

function presentUnknown({ index, report, sample }: UnknownFile) {
  return {
    file: index,
    name: report.name,
    sheet: report.sheet,
    detection: report.detection,
    headers: sample.headers,
    rows: sample.rows.slice(0, SHOWN_ROWS),
    suggestion: suggestMapping(sample.headers, sample.rows),
  };
}

interface CheckedMapping {
  readonly mapping: FileMapping | FileToSkip;
  /** Null for a file that is left out. */
  readonly usable: UsableMapping | null;
  readonly sample: FileSample;
}

function readMappings(body: Body, unknown: readonly UnknownFile[]): readonly CheckedMapping[] {
  const { files, saveAs: _, ...forAll } = body;
  if (files === undefined)
    return unknown.map((file) => readMapping(forAll, requireSameHeaders(file, unknown)));
  return files.map(({ file, skip, ...requested }) => {
    const found = unknown.find(({ index }) => index === file);
    if (found && skip) return leaveOut(found);
    if (found) return readMapping(requested, found);
    throw new Problem('invalid_request', `File ${file} needs no mapping, or there is none with this number.`);
  });
}

/** Finds the decimal mark by the first rows: the columns of amounts were unknown while the file was received. */
function decimalMarkOf(
  { headers, rows }: FileSample,
  { platform, columns }: UsableMapping,
): DecimalMark | null {
  const evidence = createDecimalEvidence(headers, platform, columns ?? undefined);
  for (const row of rows) evidence.add(row);
  return evidence.result();
}

function leaveOut({ index, sample }: UnknownFile): CheckedMapping {
  return { mapping: { fileIndex: index, skip: 'Left out by hand.' }, usable: null, sample };
}

/** Refuses one list of columns for files with different columns. */
function requireSameHeaders(file: UnknownFile, [first]: readonly UnknownFile[]): UnknownFile {
  const isSame = first && headerFingerprint(file.sample.headers) === headerFingerprint(first.sample.headers);
  if (isSame) return file;
  throw new Problem(
    'invalid_request',
    'Several files need a mapping, and their columns differ. Say it of each: "files": [{ "file": 0, "columns": […] }, …].',
  );
}

function readMapping(requested: Omit<Body, 'files' | 'saveAs'>, file: UnknownFile): CheckedMapping {
  const { headers } = file.sample;
  const place = file.report.name === null ? 'the file' : `"${file.report.name}"`;
  const usable = checkMapping({ platform: requested.platform, columns: requested.columns }, headers, place);
  return {
    usable,
    sample: file.sample,
    mapping: {
      fileIndex: file.index,
      platform: usable.platform.name,
      columns: usable.columns,
      orders: findOrderGrouping(headers, usable.platform, usable.columns ?? undefined),
      dateOrder: requested.dateOrder,
      decimalMark: decimalMarkOf(file.sample, usable),
    },
  };
}
