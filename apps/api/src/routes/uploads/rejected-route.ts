import { type Damage, type EarlierReading, rejectsHeader, rejectsRow } from '@pledgeline/csv-core';
import {
  type FileRejects,
  listFileRejects,
  type RejectedRow,
  readFileReading,
  readRejects,
  type UploadReport,
} from '@pledgeline/db';
import { CSV, csvHeader, csvRow } from '../../answers/csv-answer.js';
import { streamAnswer } from '../../answers/stream-answer.js';
import type { ExportContext } from '../../context.js';
import type { Api } from '../../contract/route-types.js';
import { uploadLinks } from '../../links.js';
import { Problem } from '../../problem.js';
import { takeExportTurn } from '../../turns/merchant-turns.js';
import { findUpload } from './find-upload.js';
import { readingOfFile, rejectedRows } from './upload-operations.js';

const ofRejected = {
  problems: ['upload_not_found', 'upload_not_done', 'no_such_file', 'several_files'],
} as const;

const ofReading = { problems: ['upload_not_found', 'no_such_file', 'several_files'] } as const;

/** `GET …/rejected.csv`: the rejected rows, to be corrected and sent again. `GET …/reading`: how they were read, and will be. */
export function addRejectedRoute(app: Api, { database, config, exportTurns }: ExportContext): void {
  app.get('/:id/reading', { schema: readingOfFile, config: ofReading }, async (request) => {
    const { id } = await findUpload(database, request);
    const { rejected } = uploadLinks(config.PUBLIC_URL, id);
    const file = chooseFile(await listFileRejects(database, id), request.query.file, rejected).index;
    const reading = await readFileReading(database, { uploadId: id, fileIndex: file });
    if (reading !== null) return { file, ...presentReading(reading) };
    throw new Problem('no_such_file', `Of file ${file} nobody has said yet what its columns are.`);
  });

  app.get('/:id/rejected.csv', { schema: rejectedRows, config: ofRejected }, async (request, reply) => {
    const upload = await findUpload(database, request);
    requireDone(upload);
    const files = await listFileRejects(database, upload.id);
    const { rejected } = uploadLinks(config.PUBLIC_URL, upload.id);
    const file = chooseFile(files, request.query.file, rejected);
    const part = files.length > 1 ? `-${file.index}` : '';
    const head = { type: CSV, filename: `rejected-${upload.id}${part}.csv` };
    await takeExportTurn(exportTurns, request, reply);
    return streamAnswer(reply, head, (write) => {
      let isBegun = false;
      const ofFile = { uploadId: upload.id, fileIndex: file.index };
      return readRejects(database, ofFile, async ({ headers, rows }) => {
        if (!isBegun) await write(csvHeader(rejectsHeader(headers, upload.id)));
        isBegun = true;
        for (const row of rows) await write(writeReject(row));
      });
    });
  });
}

/** Without the lines of sums and the example of garbled text, which say nothing of other rows. */
function presentReading({ dateOrders, damage, ...reading }: EarlierReading) {
  return {
    ...reading,
    dateOrders: dateOrders.map(({ position, order, source }) => ({ position, order, source })),
    damage: damage === null ? null : presentDamage(damage),
  };
}

function presentDamage({ rowCount, decodedTwice, decimalIds, nullWords, suspects }: Damage) {
  return { rowCount, decodedTwice, decimalIds, nullWords, suspects };
}

/** What is not done may still be rejected, and a list without it would look whole. */
function requireDone({ status, rows }: UploadReport): void {
  const isDone =
    status === 'COMPLETED' || status === 'FAILED' || status === 'CANCELED' || status === 'NEEDS_REVIEW';
  if (isDone) return;
  const advice =
    status === 'NEEDS_MAPPING'
      ? 'It waits until somebody says what its columns are (PUT …/mapping).'
      : `${rows.open} of ${rows.total} rows are open. Ask again when it is done.`;
  throw new Problem('upload_not_done', `Which rows are rejected is not known yet. ${advice}`);
}

/** The file that is asked for; without a number the only one that has rejects. */
function chooseFile(files: readonly FileRejects[], wanted: number | undefined, link: string): FileRejects {
  const withRejects = files.filter(({ rejected }) => rejected > 0);
  const offered = withRejects.length > 0 ? withRejects : files;
  if (wanted !== undefined) {
    const found = files.find(({ index }) => index === wanted);
    if (found !== undefined) return found;
    throw new Problem('no_such_file', `The upload has no file ${wanted} with rows.`, fileList(offered, link));
  }
  const [only, second] = offered;
  if (only === undefined) throw new Problem('no_such_file', 'The upload has no rows: nothing could be read.');
  if (second === undefined || withRejects.length === 0) return only;
  throw new Problem(
    'several_files',
    `${withRejects.length} files of the upload have rejected rows, and each is a CSV of its own. Choose one with "?file=": ${describe(withRejects)}.`,
    fileList(withRejects, link),
  );
}

/** How many files a sentence names; the member `files` has more. */
const NAMED_FILES = 10;
/** How many files an answer lists. */
const LISTED_FILES = 1_000;

function describe(files: readonly FileRejects[]): string {
  const named = files
    .slice(0, NAMED_FILES)
    .map(
      (file) => `${file.index} (${nameOf(file)}, ${file.rejected === 1 ? '1 row' : `${file.rejected} rows`})`,
    );
  return files.length > named.length ? `${named.join(', ')} and others` : named.join(', ');
}

function nameOf({ name, sheet }: FileRejects): string {
  return [name, sheet].filter((part) => part !== null).join(' / ') || 'the file';
}

function fileList(files: readonly FileRejects[], link: string) {
  const listed = files.slice(0, LISTED_FILES).map(({ index, ...file }) => ({
    file: index,
    ...file,
    link: `${link}?file=${index}`,
  }));
  return { members: { files: listed } };
}

function writeReject({ cells, line, errors }: RejectedRow): string {
  const reasons = errors.map(({ column, code, message }) =>
    column === null ? `${message} [${code}]` : `${column}: ${message} [${code}]`,
  );
  return csvRow(rejectsRow(cells, { line, reasons: reasons.join(' ') }));
}
