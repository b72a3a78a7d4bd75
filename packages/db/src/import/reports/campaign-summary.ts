import type { ProductKind } from '@pledgeline/csv-core';
import pg from 'pg';
import type { Database } from '../../client.js';
import { inSnapshot } from '../../snapshot.js';
import { type ShownStatus, shownStatusSql } from '../gone/shown-status.js';

/** What a campaign holds, counted when it is asked for. Each list is bounded; what it leaves out is summed up beside it. */
export interface CampaignSummary {
  /** By currency and status. */
  readonly pledged: readonly PledgedTotal[];
  /** The most wanted products. */
  readonly units: readonly SummedUnits[];
  readonly otherUnits: { readonly products: number; readonly committed: number };
  /** The most frequent countries. A backer with pledges to two countries counts in both. */
  readonly countries: readonly { readonly country: string | null; readonly backers: number }[];
  readonly questions: readonly QuestionSummary[];
  /** Questions that are left out. */
  readonly otherQuestions: number;
  /** The newest days with pledges, the oldest of them first. */
  readonly days: readonly { readonly day: string; readonly pledges: number }[];
  /** Pledges before those days, and pledges of which no file says when they were made. */
  readonly earlierPledges: number;
  readonly undatedPledges: number;
}

interface PledgedTotal {
  /** ISO 4217; null where no file names a currency. */
  readonly currency: string | null;
  readonly status: ShownStatus;
  readonly pledges: number;
  /** Decimal text with four decimals. */
  readonly amount: string;
}

interface SummedUnits {
  readonly productId: string;
  readonly kind: ProductKind;
  readonly name: string;
  readonly committed: number;
  readonly unpaid: number | null;
}

interface QuestionSummary {
  readonly question: string;
  /** The most frequent answers; long ones are cut. */
  readonly answers: readonly { readonly answer: string; readonly backers: number }[];
  /** Other answers: how many there are, and how often they are given in all. */
  readonly otherAnswers: { readonly answers: number; readonly backers: number };
}

const MAX_UNITS = 100;
const MAX_COUNTRIES = 250;
const MAX_QUESTIONS = 50;
const MAX_ANSWERS = 20;
const MAX_DAYS = 400;
/** In characters: enough to tell answers apart. */
const MAX_ANSWER_LENGTH = 200;

/** A time zone that Postgres does not know. Its names are those of its system, which Node does not ask. */
export class UnknownTimeZoneError extends Error {
  override readonly name = 'UnknownTimeZoneError';
}

/**
 * Counts a campaign, all of it at one moment.
 *
 * @param timeZone IANA name of the zone whose days are meant
 * @throws UnknownTimeZoneError
 */
export function summarizeCampaign(
  db: Pick<Database, 'pool'>,
  campaignId: string,
  { timeZone }: { readonly timeZone: string },
): Promise<CampaignSummary> {
  return inSnapshot(db, async (client) => {
    await requireTimeZone(client, timeZone);
    const pledges = await readPledges(client, campaignId, timeZone);
    return {
      ...pledges,
      ...(await readUnits(client, campaignId)),
      countries: await readCountries(client, campaignId),
      ...(await readQuestions(client, campaignId)),
    };
  });
}

/** invalid_parameter_value. */
const UNKNOWN_TIME_ZONE = '22023';

/** On its own, because a statement about no pledge would not look at it. */
async function requireTimeZone(client: pg.ClientBase, timeZone: string): Promise<void> {
  try {
    await client.query('SELECT now() AT TIME ZONE $1::text', [timeZone]);
  } catch (error) {
    if (!(error instanceof pg.DatabaseError) || error.code !== UNKNOWN_TIME_ZONE) throw error;
    throw new UnknownTimeZoneError(`The database knows no time zone "${timeZone}"`, { cause: error });
  }
}

interface PledgeGroup {
  readonly currency: string | null;
  readonly status: ShownStatus;
  readonly day: string | null;
  readonly pledges: number;
  /** In ten-thousandths, so that sums are exact. */
  readonly amount: string;
}

/** One pass over the pledges: by currency, status and day, of which there are few. */
async function readPledges(client: pg.ClientBase, campaignId: string, timeZone: string) {
  const { rows } = await client.query<PledgeGroup>(
    // Days become texts when there are few of them.
    `SELECT currency, status, day::text AS day, pledges, amount FROM (
       SELECT currency, ${shownStatusSql('pledge')} AS status, (pledged_at AT TIME ZONE $2)::date AS day,
              count(*) AS pledges, coalesce(sum(amount) * 10000, 0)::numeric(38)::text AS amount
       FROM pledge WHERE campaign_id = $1 GROUP BY 1, 2, 3) each`,
    [campaignId, timeZone],
  );
  const totals = new Map<string, Omit<PledgedTotal, 'amount'> & { readonly amount: bigint }>();
  const days = new Map<string, number>();
  let undatedPledges = 0;
  for (const { currency, status, day, pledges, amount } of rows) {
    const key = JSON.stringify([currency, status]);
    const before = totals.get(key) ?? { currency, status, pledges: 0, amount: 0n };
    totals.set(key, { ...before, pledges: before.pledges + pledges, amount: before.amount + BigInt(amount) });
    if (day === null) undatedPledges += pledges;
    else days.set(day, (days.get(day) ?? 0) + pledges);
  }
  const sorted = [...days]
    .map(([day, pledges]) => ({ day, pledges }))
    .sort((a, b) => (a.day < b.day ? -1 : 1));
  const earlier = sorted.slice(0, -MAX_DAYS);
  return {
    pledged: [...totals]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, total]) => ({ ...total, amount: toDecimal(total.amount) })),
    days: sorted.slice(-MAX_DAYS),
    earlierPledges: earlier.reduce((sum, { pledges }) => sum + pledges, 0),
    undatedPledges,
  };
}

/** Ten-thousandths as decimal text. */
function toDecimal(amount: bigint): string {
  const digits = (amount < 0n ? -amount : amount).toString().padStart(5, '0');
  return `${amount < 0n ? '-' : ''}${digits.slice(0, -4)}.${digits.slice(-4)}`;
}

async function readUnits(client: pg.ClientBase, campaignId: string) {
  const { rows: units } = await client.query<SummedUnits>(
    `SELECT i.product_id AS "productId", p.kind, p.name, i.committed, i.unpaid
     FROM inventory i JOIN product p ON p.id = i.product_id
     WHERE i.campaign_id = $1 ORDER BY i.committed DESC, i.product_id LIMIT $2`,
    [campaignId, MAX_UNITS],
  );
  const { rows } = await client.query<{ products: number; committed: number }>(
    'SELECT count(*) AS products, coalesce(sum(committed), 0)::bigint AS committed FROM inventory WHERE campaign_id = $1',
    [campaignId],
  );
  const all = rows[0] ?? { products: 0, committed: 0 };
  const listed = units.reduce((sum, { committed }) => sum + committed, 0);
  return { units, otherUnits: { products: all.products - units.length, committed: all.committed - listed } };
}

async function readCountries(client: pg.ClientBase, campaignId: string) {
  const { rows } = await client.query<{ country: string | null; backers: number }>(
    `SELECT country, count(*) AS backers FROM (
       SELECT DISTINCT backer_id, nullif(shipping_country, '') AS country FROM pledge WHERE campaign_id = $1) each
     GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT $2`,
    [campaignId, MAX_COUNTRIES],
  );
  return rows;
}

interface AnswerGroup {
  readonly question: string;
  readonly position: number;
  readonly questions: number;
  readonly rank: number;
  readonly answer: string;
  readonly backers: number;
  readonly answers: number;
  readonly allBackers: number;
}

async function readQuestions(client: pg.ClientBase, campaignId: string) {
  const { rows } = await client.query<AnswerGroup>(
    `WITH given AS MATERIALIZED (
       SELECT e.answer ->> 'question' AS question, e.answer ->> 'answer' AS answer,
              min((e.answer ->> 'position')::int) AS position, count(*) AS backers
       FROM survey s CROSS JOIN LATERAL jsonb_array_elements(s.answers) AS e (answer)
       WHERE s.campaign_id = $1 AND e.answer ->> 'answer' <> '' GROUP BY 1, 2),
     asked AS (
       SELECT question, min(position) AS position, count(*) AS answers, sum(backers)::bigint AS all_backers,
              count(*) OVER () AS questions
       FROM given GROUP BY 1 ORDER BY min(position), question LIMIT $2)
     SELECT a.question, a.position, a.questions, a.answers, a.all_backers AS "allBackers", top.answer, top.backers
     FROM asked a CROSS JOIN LATERAL (
       SELECT left(g.answer, $4) AS answer, g.backers FROM given g WHERE g.question = a.question
       ORDER BY g.backers DESC, g.answer COLLATE "C" LIMIT $3) top
     ORDER BY a.position, a.question, top.backers DESC, top.answer COLLATE "C"`,
    [campaignId, MAX_QUESTIONS, MAX_ANSWERS, MAX_ANSWER_LENGTH],
  );
  const questions: QuestionSummary[] = [];
  for (const { question } of rows) {
    if (questions.at(-1)?.question === question) continue;
    const own = rows.filter((row) => row.question === question);
    const { answers = 0, allBackers = 0 } = own[0] ?? {};
    const listed = own.reduce((sum, { backers }) => sum + backers, 0);
    questions.push({
      question,
      answers: own.map(({ answer, backers }) => ({ answer, backers })),
      otherAnswers: { answers: answers - own.length, backers: allBackers - listed },
    });
  }
  return { questions, otherQuestions: (rows[0]?.questions ?? 0) - questions.length };
}
