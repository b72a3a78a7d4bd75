import { headerFingerprint } from '@pledgeline/csv-core';
import { mapFiles, readUpload, saveTemplate } from '@pledgeline/db';
import type { FastifyInstance } from 'fastify';
import type { AppContext } from '../../context.js';
import { mappingBodySchema, readMappings } from '../../mapping/read-mappings.js';
import { readUnknownFiles, type UnknownFile } from '../../mapping/read-unknown-files.js';
import { readJson } from '../../read-json.js';
import { enqueueUpload } from '../../receive/enqueue-upload.js';
import { findUpload } from './find-upload.js';
import { presentUpload } from './present-upload.js';

/** How many rows are shown with a suggestion. */
const SHOWN_ROWS = 5;

/** `GET` and `PUT …/mapping`: what the unknown columns of an upload may be, and what they are. */
export function addMappingRoutes(app: FastifyInstance, { database, producer, config }: AppContext): void {
  app.get('/:id/mapping', async (request) => {
    const upload = await findUpload(database, request);
    const files = await readUnknownFiles(database, upload);
    return { status: upload.status, files: files.map(presentUnknown) };
  });

  app.put('/:id/mapping', async (request, reply) => {
    const upload = await findUpload(database, request);
    const body = await readJson(request, config, mappingBodySchema);
    const mappings = readMappings(body, await readUnknownFiles(database, upload));
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
}

function presentUnknown({ index, report, sample, reading }: UnknownFile) {
  return {
    file: index,
    name: report.name,
    sheet: report.sheet,
    detection: report.detection,
    headers: sample.headers,
    rows: sample.rows.slice(0, SHOWN_ROWS),
    questions: reading.questions,
    suggestion: reading.suggestion,
  };
}
