import {
  type Batches,
  listUnknownFiles,
  mapFiles,
  type PageStart,
  readUpload,
  saveTemplate,
} from '@pledgeline/db';
import { sendPage } from '../../answers/list-page.js';
import { shortenCell } from '../../answers/shorten-cell.js';
import type { AppContext } from '../../context.js';
import type { Api } from '../../contract/route-types.js';
import { listKeptFiles } from '../../mapping/list-kept-files.js';
import { readMappings } from '../../mapping/read-mappings.js';
import { readUnknownFiles, type UnknownFile } from '../../mapping/read-unknown-files.js';
import { enqueueUpload } from '../../receive/enqueue-upload.js';
import { findUpload } from './find-upload.js';
import { presentUpload } from './present-upload.js';
import { putMapping, showMapping } from './upload-operations.js';

/** How many rows are shown with a suggestion. */
const SHOWN_ROWS = 5;

/** `GET` and `PUT …/mapping`: what the unknown columns of an upload may be, and what they are. */
export function addMappingRoutes(app: Api, { database, producer, config }: AppContext): void {
  const ofShow = { problems: ['upload_not_found'] as const };
  app.get('/:id/mapping', { schema: showMapping, config: ofShow }, async (request, reply) => {
    const { cursor: start, limit, all } = request.query;
    const { id, status } = await findUpload(database, request);
    const listed = all
      ? (await listKeptFiles(database, id)).map(({ index }) => index)
      : await listUnknownFiles(database, id);
    return sendPage(reply, oneByOne(readUnknownFiles(database, id, fromStart(listed, start))), {
      start,
      noun: 'files',
      limit,
      maxBytes: config.MAX_ANSWER_BYTES,
      present: presentUnknown,
      keyOf: ({ index }) => index,
      members: { status },
    });
  });

  const ofPut = {
    problems: [
      'upload_not_found',
      'unknown_platform',
      'illegal_move',
      'mapping_incomplete',
      'order_too_long',
    ] as const,
  };
  app.put('/:id/mapping', { schema: putMapping, config: ofPut }, async (request, reply) => {
    const { body } = request;
    const upload = await findUpload(database, request);
    const unknown = await listUnknownFiles(database, upload.id);
    const mappings = await readMappings(body, unknown, (indexes) =>
      readUnknownFiles(database, upload.id, indexes),
    );
    const chunkIds = await mapFiles(
      database,
      upload.id,
      mappings.map(({ mapping }) => mapping),
      { review: body.review },
    );
    if (body.saveAs !== undefined) {
      for (const { template } of mappings) {
        if (template === null) continue;
        const { headerFingerprint, usable } = template;
        await saveTemplate(database, request.merchantId, {
          name: body.saveAs,
          headerFingerprint,
          platform: usable.platform.name,
          columns: usable.columns,
        });
      }
    }
    await enqueueUpload(producer, upload.id, chunkIds, request.log);
    const report = (await readUpload(database, request.merchantId, upload.id)) ?? upload;
    return reply.code(202).send(presentUpload(report, config.PUBLIC_URL));
  });
}

function presentUnknown({ index, report, sample, reading }: UnknownFile) {
  return {
    file: index,
    name: report.name,
    sheet: report.sheet,
    detection: report.detection,
    headers: sample.headers,
    rows: sample.rows.slice(0, SHOWN_ROWS).map((row) => row.map(shortenCell)),
    questions: reading.questions,
    suggestion: reading.suggestion,
  };
}

/** The indexes from the start of a page on: backwards, when it comes before one. */
function fromStart(indexes: readonly number[], start: PageStart<number> | undefined): readonly number[] {
  if (start === undefined) return indexes;
  return start.side === 'after'
    ? indexes.filter((index) => index > start.key)
    : indexes.filter((index) => index < start.key).reverse();
}

async function* oneByOne(files: AsyncIterable<UnknownFile>): Batches<UnknownFile> {
  for await (const file of files) yield [file];
}
