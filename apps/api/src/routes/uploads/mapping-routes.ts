import { type Batches, listUnknownFiles, mapFiles, readUpload, saveTemplate } from '@pledgeline/db';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { shortenCell } from '../../answers/shorten-cell.js';
import { sendJson, writePage } from '../../answers/write-page.js';
import type { AppContext } from '../../context.js';
import { mappingBodySchema, readMappings } from '../../mapping/read-mappings.js';
import { readUnknownFiles, type UnknownFile } from '../../mapping/read-unknown-files.js';
import { withQuery } from '../../plugins/refuse-parameters.js';
import { readJson } from '../../read-json.js';
import { limitParameter, readQuery } from '../../read-query.js';
import { enqueueUpload } from '../../receive/enqueue-upload.js';
import { findUpload } from './find-upload.js';
import { presentUpload } from './present-upload.js';

const listQuery = z.strictObject({
  after: z.coerce.number('must be the "next" of the page before').int().min(-1).max(1_000_000).default(-1),
  limit: limitParameter(200),
});

/** How many rows are shown with a suggestion. */
const SHOWN_ROWS = 5;

/** `GET` and `PUT …/mapping`: what the unknown columns of an upload may be, and what they are. */
export function addMappingRoutes(app: FastifyInstance, { database, producer, config }: AppContext): void {
  app.get('/:id/mapping', withQuery, async (request, reply) => {
    const { after, limit } = readQuery(listQuery, request.query);
    const { id, status } = await findUpload(database, request);
    const unknown = (await listUnknownFiles(database, id)).filter((index) => index > after);
    const page = await writePage(oneByOne(readUnknownFiles(database, id, unknown)), {
      noun: 'files',
      limit,
      maxBytes: config.MAX_ANSWER_BYTES,
      present: presentUnknown,
      cursorOf: ({ index }) => index,
    });
    return sendJson(reply, `{"status":${JSON.stringify(status)},${page.slice(1)}`);
  });

  app.put('/:id/mapping', async (request, reply) => {
    const upload = await findUpload(database, request);
    const body = await readJson(request, config, mappingBodySchema);
    const unknown = await listUnknownFiles(database, upload.id);
    const mappings = await readMappings(body, unknown, (indexes) =>
      readUnknownFiles(database, upload.id, indexes),
    );
    const chunkIds = await mapFiles(
      database,
      upload.id,
      mappings.map(({ mapping }) => mapping),
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

async function* oneByOne(files: AsyncIterable<UnknownFile>): Batches<UnknownFile> {
  for await (const file of files) yield [file];
}
