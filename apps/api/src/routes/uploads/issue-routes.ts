import type { Issue } from '@pledgeline/csv-core';
import { exportIssues, groupIssues, listIssues } from '@pledgeline/db';
import { CSV, csvHeader, csvRow } from '../../answers/csv-answer.js';
import { writeCursors } from '../../answers/list-page.js';
import { streamAnswer } from '../../answers/stream-answer.js';
import type { ExportContext } from '../../context.js';
import type { Api } from '../../contract/route-types.js';
import { takeExportTurn } from '../../turns/merchant-turns.js';
import { findUpload } from './find-upload.js';
import { issueColumns, issuesAsCsv, listOfIssues, summaryOfIssues } from './upload-operations.js';

const config = { problems: ['upload_not_found'] } as const;

/** `GET …/issues` and `…/issues/summary`: what is wrong with an upload and its rows. */
export function addIssueRoutes(app: Api, { database, exportTurns }: ExportContext): void {
  app.get('/:id/issues', { schema: listOfIssues, config }, async (request) => {
    const upload = await findUpload(database, request);
    const { cursor: start, ...query } = request.query;
    const { issues, ...beside } = await listIssues(database, upload.id, { ...query, start });
    return { issues, ...writeCursors(beside) };
  });

  app.get('/:id/issues.csv', { schema: issuesAsCsv, config }, async (request, reply) => {
    const { id } = await findUpload(database, request);
    const head = { type: CSV, filename: `issues-${id}.csv` };
    await takeExportTurn(exportTurns, request, reply);
    return streamAnswer(reply, head, (write) => {
      let header = csvHeader(issueColumns);
      return exportIssues(database, id, { ...request.query, limit: Infinity }, async (issues) => {
        await write(`${header}${issues.map(toRow).join('')}`);
        header = '';
      });
    });
  });

  app.get('/:id/issues/summary', { schema: summaryOfIssues, config }, async (request) => {
    const upload = await findUpload(database, request);
    return { groups: await groupIssues(database, upload.id, { examples: 3 }) };
  });
}

function toRow(issue: Issue): string {
  return csvRow(issueColumns.map((name) => String(issue[name] ?? '')));
}
