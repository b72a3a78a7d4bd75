import {
  type BackerRow,
  type PledgeRow,
  readBackers,
  readPledges,
  readSurveys,
  type SurveyRow,
} from './read-records.js';
import { firstPledgesSql } from './record-lists.js';
import type { Expansion, RecordSource } from './records-query.js';
import { ask } from './walk-records.js';

type Expand = readonly Expansion[] | undefined;

export async function expandPledges(source: RecordSource, pledges: readonly PledgeRow[], expand: Expand) {
  const backers = expand?.includes('backer')
    ? byId(await readBackers(source, unique(pledges.map(({ backerId }) => backerId))), ({ id }) => id)
    : null;
  const surveys = expand?.includes('survey')
    ? byId(
        await readSurveys(
          source,
          pledges.map(({ id }) => id),
        ),
        ({ pledgeId }) => pledgeId,
      )
    : null;
  return pledges.map((pledge) => ({
    ...pledge,
    ...(backers && { backer: backers.get(pledge.backerId) ?? null }),
    ...(surveys && { survey: surveys.get(pledge.id) ?? null }),
  }));
}

export async function expandSurveys(source: RecordSource, surveys: readonly SurveyRow[], expand: Expand) {
  if (!expand?.includes('pledge')) return surveys.map((survey) => ({ ...survey }));
  const pledges = byId(
    await readPledges(
      source,
      surveys.map(({ pledgeId }) => pledgeId),
    ),
    ({ id }) => id,
  );
  return surveys.map((survey) => ({ ...survey, pledge: pledges.get(survey.pledgeId) ?? null }));
}

/** Backers with their first pledges, by id. */
export async function expandBackers(source: RecordSource, backers: readonly BackerRow[], expand: Expand) {
  if (!expand?.includes('pledges')) return backers.map((backer) => ({ ...backer }));
  const ids = await ask<{ id: string }>(source, {
    sql: `SELECT first.id FROM backer b CROSS JOIN LATERAL (${firstPledgesSql('b')}) first
      WHERE b.id = ANY ($1::uuid[]) ORDER BY first.id`,
    values: [backers.map(({ id }) => id)],
  });
  const pledges = await readPledges(
    source,
    ids.map(({ id }) => id),
  );
  const byBacker = new Map<string, PledgeRow[]>(backers.map(({ id }) => [id, []]));
  for (const pledge of pledges) byBacker.get(pledge.backerId)?.push(pledge);
  return backers.map((backer) => ({ ...backer, pledges: byBacker.get(backer.id) ?? [] }));
}

function byId<Row>(rows: readonly Row[], idOf: (row: Row) => string): ReadonlyMap<string, Row> {
  return new Map(rows.map((row) => [idOf(row), row]));
}

function unique(ids: readonly string[]): readonly string[] {
  return [...new Set(ids)];
}
