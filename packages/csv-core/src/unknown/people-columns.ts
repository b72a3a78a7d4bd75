import type { ColumnAssignment } from '../mapping/column-assignment.js';
import type { UnknownFileReading } from './read-unknown-file.js';

/** What a column of a pledge is in a list of people, where it is something else. */
const ofPeople: Readonly<Partial<Record<ColumnAssignment['as'], ColumnAssignment['as']>>> = {
  externalId: 'backerExternalId',
  shippingCountry: 'billingCountry',
  shippingState: 'billingState',
};

/** The columns of a list of people, from those of a file that was taken for a list of pledges. */
export function peopleColumns<C extends ColumnAssignment>(columns: readonly C[]): readonly C[] {
  const assigned = new Set(columns.map(({ as }) => as));
  return columns.map((column) => {
    const as = ofPeople[column.as];
    return as === undefined || assigned.has(as) ? column : { ...column, as };
  });
}

/** The reading of a file that is said to be a list of people: only who they are must be known. */
export function readPeople({ suggestion, questions }: UnknownFileReading): UnknownFileReading {
  const columns = peopleColumns(suggestion.columns);
  const isPerson = columns.some(({ as }) => as === 'email' || as === 'backerExternalId');
  return {
    suggestion: { ...suggestion, columns },
    questions: isPerson ? [] : questions.filter(({ code }) => code === 'missing_column'),
  };
}
