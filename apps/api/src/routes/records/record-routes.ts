import {
  countRecords,
  exportRecords,
  type List,
  listBackers,
  listInventory,
  listPledges,
  listProducts,
  listSurveys,
  type RecordKey,
  type RecordNoun,
} from '@pledgeline/db';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { cursorMembers } from '../../answers/cursor.js';
import { sendJsonPieces } from '../../answers/send-json.js';
import { streamAnswer } from '../../answers/stream-answer.js';
import type { ExportContext } from '../../context.js';
import { listAnswer } from '../../contract/export-answers.js';
import { tags } from '../../contract/operation.js';
import type { Api } from '../../contract/route-types.js';
import { count } from '../../contract/values.js';
import { takeExportTurn } from '../../turns/merchant-turns.js';
import { acceptedFormat } from './export-format.js';
import {
  presentExpandedBacker,
  presentExpandedPledge,
  presentExpandedSurvey,
  presentInventory,
} from './present-expanded.js';
import { presentProduct } from './present-record.js';
import {
  backer,
  expandedBacker,
  expandedPledge,
  expandedSurvey,
  inventory,
  pledge,
  product,
  survey,
} from './record-answers.js';
import { recordLines } from './record-lines.js';
import { writeRecords } from './record-page.js';
import { PAGE_LENGTH, type RecordParameters, recordParameters } from './record-parameters.js';
import { type AskedRecords, askedRecords, wrongParameter } from './record-query.js';

/** How many records are looked at for one page. With filters that hardly any record fulfils, a page has what was found by then. */
const EXAMINED_PER_PAGE = 100_000;
/** The issues of a record are looked up in the chunks of its upload, which takes longer. */
const EXAMINED_FOR_ISSUES = 20_000;

/** A list of records. */
interface RecordList<Row> {
  readonly noun: RecordNoun;
  readonly querystring: z.ZodType<RecordParameters>;
  /** The schema of a record in an export, and in a page, where it may have more members. */
  readonly entry: z.ZodObject;
  readonly expanded?: z.ZodObject;
  readonly list: List<Row>;
  readonly present: (row: Row) => Readonly<Record<string, unknown>>;
}

type Request = FastifyRequest & { readonly query: RecordParameters };

/** Lists of the imported records, one route per kind. */
export async function recordRoutes(app: Api, context: ExportContext): Promise<void> {
  const { database, config, exportTurns } = context;

  function addList<Row extends object>(description: RecordList<Row>): void {
    const { noun, querystring, entry, expanded = entry } = description;
    const page = z.strictObject({ [noun]: z.array(expanded), ...cursorMembers, total: count.optional() });
    const schema = {
      operationId: `list${noun.charAt(0).toUpperCase()}${noun.slice(1)}`,
      summary: `Lists the ${noun} of a campaign`,
      description:
        'A page may have fewer entries than its limit, even none, and a `next`: where hardly any record fulfils the filters, the search goes on there.',
      tags: [tags.records],
      querystring,
      response: { 200: listAnswer(page, entry) },
    };
    const problems = ['missing_campaign', 'campaign_not_found', 'upload_not_found'] as const;
    app.get(`/${noun}`, { schema, config: { problems } }, async (request, reply) => {
      const asked = await askedRecords(database, noun, request);
      const { format = acceptedFormat(request.headers.accept) } = request.query;
      return format === 'json'
        ? sendPage(description, asked, request, reply)
        : sendExport(description, { ...asked, format }, request, reply);
    });
  }

  async function sendPage<Row extends object>(
    { noun, list, present }: RecordList<Row>,
    asked: AskedRecords,
    { query: { limit = PAGE_LENGTH, expand, total } }: Request,
    reply: FastifyReply,
  ) {
    let stop: RecordKey | undefined;
    const query = {
      ...asked,
      limit: limit + 1,
      expand,
      examine: asked.filters.hasIssue === undefined ? EXAMINED_PER_PAGE : EXAMINED_FOR_ISSUES,
      onStop: (place: RecordKey) => {
        stop = place;
      },
    };
    const members = total ? { total: await countRecords(database, noun, query) } : {};
    const { start, fingerprint } = asked;
    const cut = { noun, start, limit, maxBytes: config.MAX_ANSWER_BYTES };
    const page = { ...cut, fingerprint, present, stoppedAt: () => stop, members };
    return sendJsonPieces(reply, await writeRecords(list(database, query), page));
  }

  async function sendExport<Row extends object>(
    { noun, list, present, entry }: RecordList<Row>,
    { format, ...asked }: AskedRecords & { readonly format: 'csv' | 'ndjson' },
    request: Request,
    reply: FastifyReply,
  ) {
    const { limit = Infinity, expand, total } = request.query;
    for (const [name, value] of Object.entries({ expand, total })) {
      if (value) throw wrongParameter(name, 'goes with pages of JSON only, not with an export');
    }
    if (asked.start?.side === 'before') {
      throw wrongParameter('cursor', 'must be a "next": an export goes forwards');
    }
    await takeExportTurn(exportTurns, request, reply);
    const { type, begin, line } = recordLines(format, entry);
    return streamAnswer(reply, { type, filename: `${noun}.${format}` }, async (write) => {
      let first = begin;
      await exportRecords(database, list, { ...asked, limit }, async (rows) => {
        await write(`${first}${rows.map((row) => line(present(row))).join('')}`);
        first = '';
      });
      if (first !== '') await write(first);
    });
  }

  addList({
    noun: 'backers',
    querystring: recordParameters.backers,
    entry: backer,
    expanded: expandedBacker,
    list: listBackers,
    present: presentExpandedBacker,
  });
  addList({
    noun: 'products',
    querystring: recordParameters.products,
    entry: product,
    list: listProducts,
    present: presentProduct,
  });
  addList({
    noun: 'pledges',
    querystring: recordParameters.pledges,
    entry: pledge,
    expanded: expandedPledge,
    list: listPledges,
    present: presentExpandedPledge,
  });
  addList({
    noun: 'surveys',
    querystring: recordParameters.surveys,
    entry: survey,
    expanded: expandedSurvey,
    list: listSurveys,
    present: presentExpandedSurvey,
  });
  addList({
    noun: 'inventory',
    querystring: recordParameters.inventory,
    entry: inventory,
    list: listInventory,
    present: presentInventory,
  });
}
