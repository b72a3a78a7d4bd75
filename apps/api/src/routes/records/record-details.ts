import {
  readBacker,
  readPledge,
  readProduct,
  readProductInventory,
  readSurvey,
  setOnHand,
} from '@pledgeline/db';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { AppContext } from '../../context.js';
import { tags } from '../../contract/operation.js';
import type { Api } from '../../contract/route-types.js';
import { Problem, type ProblemCode } from '../../problem.js';
import { jsonObject } from '../../read-json.js';
import { idInPath } from '../../read-query.js';
import {
  presentExpandedBacker,
  presentExpandedPledge,
  presentExpandedSurvey,
  presentInventory,
} from './present-expanded.js';
import { presentProduct } from './present-record.js';
import { expandedBacker, expandedPledge, expandedSurvey, inventory, product } from './record-answers.js';

/** The largest number of units that the tables can hold. */
const MAX_UNITS = 2_147_483_647;
const units = `must be a whole number from 0 to ${MAX_UNITS}, or null while nobody knows`;

const setInventory = {
  operationId: 'setInventory',
  summary: 'Sets how many units of a product are there',
  description: 'What pledges need is counted when uploads end; that never changes what is set here.',
  tags: [tags.records],
  params: z.strictObject({ product: idInPath }),
  body: jsonObject({
    onHand: z.int(units).min(0, units).max(MAX_UNITS, units).nullable(),
  }),
  response: { 200: inventory },
};

/** A record that has an address of its own. */
interface Detail<Row> {
  readonly noun: 'backer' | 'pledge' | 'product' | 'survey';
  readonly summary: string;
  readonly answer: z.ZodObject;
  readonly read: (database: AppContext['database'], merchantId: string, id: string) => Promise<Row | null>;
  readonly present: (row: Row) => Readonly<Record<string, unknown>>;
}

type Request = Pick<FastifyRequest, 'merchantId'>;

/** Single records, and what a merchant sets of them. A record of another merchant is treated as one that does not exist. */
export async function recordDetails(app: Api, { database }: AppContext): Promise<void> {
  /** @throws Problem when the merchant has no such record */
  async function find<Row>(
    code: ProblemCode,
    noun: string,
    { merchantId }: Request,
    id: string | null,
    read: Detail<Row>['read'],
  ): Promise<Row> {
    const row = id === null ? null : await read(database, merchantId, id);
    if (row !== null) return row;
    throw new Problem(
      code,
      `There is no such ${noun}; the list of a campaign's ${noun}s has those there are.`,
    );
  }

  function addDetail<Row extends object>({ noun, summary, answer, read, present }: Detail<Row>): void {
    const schema = {
      operationId: `get${noun.charAt(0).toUpperCase()}${noun.slice(1)}`,
      summary,
      tags: [tags.records],
      params: z.strictObject({ id: idInPath }),
      response: { 200: answer },
    };
    const code = `${noun}_not_found` as const;
    const config = { problems: [code], hasEntityTag: true } as const;
    app.get(`/${noun}s/:id`, { schema, config }, async (request) =>
      present(await find(code, noun, request, request.params.id, read)),
    );
  }

  addDetail({
    noun: 'backer',
    summary: 'Shows a backer with their pledges',
    answer: expandedBacker,
    read: readBacker,
    present: presentExpandedBacker,
  });
  addDetail({
    noun: 'pledge',
    summary: 'Shows a pledge with its items, backer and survey',
    answer: expandedPledge,
    read: readPledge,
    present: presentExpandedPledge,
  });
  addDetail({
    noun: 'product',
    summary: 'Shows a product',
    answer: product,
    read: readProduct,
    present: presentProduct,
  });
  addDetail({
    noun: 'survey',
    summary: 'Shows a survey, by the id of its pledge, with that pledge',
    answer: expandedSurvey,
    read: readSurvey,
    present: presentExpandedSurvey,
  });

  const config = { problems: ['product_not_found'] } as const;
  app.patch('/inventory/:product', { schema: setInventory, config }, async (request) => {
    const { product: id } = request.params;
    if (id !== null) await setOnHand(database, request.merchantId, id, request.body.onHand);
    const row = await find('product_not_found', 'product', request, id, readProductInventory);
    return presentInventory(row);
  });
}
