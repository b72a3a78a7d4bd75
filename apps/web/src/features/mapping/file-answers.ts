import type { Input, Operation, Schemas } from '@pledgeline/client';

export type UnknownFile = Schemas['UnknownFile'];
export type Assignment = Schemas['ColumnAssignment'];
/** What a word can mean: no file says that a pledge is gone. */
export type PledgeStatus = NonNullable<Assignment['values']>[string];

type MappingBody = Input<Operation<'/v1/uploads/{id}/mapping', 'put'>>['body'];
type FileBody = NonNullable<NonNullable<MappingBody>['files']>[number];

/** What a person has said of one unknown file so far. */
export interface FileAnswers {
  /** The answers at the start are the suggestion; null for a column that nobody has decided about. */
  readonly columns: readonly (Assignment['as'] | null)[];
  /** What words of a payment status mean. */
  readonly words: ReadonlyMap<string, PledgeStatus>;
  readonly dateOrder: 'dmy' | 'mdy' | null;
  readonly isPeople: boolean;
  readonly isSkipped: boolean;
}

/** What is asked is left open: an answer that nobody gave could lose money, or count what was not paid. */
export function firstAnswers({ headers, suggestion, questions }: UnknownFile): FileAnswers {
  const suggested = new Map(suggestion?.columns.map(({ position, as }) => [position, as]));
  for (const { code, position } of questions) {
    if (code === 'unclear_column' && position !== null) suggested.delete(position);
  }
  return {
    columns: headers.map((_, position) => suggested.get(position) ?? null),
    words: new Map(),
    dateOrder: null,
    isPeople: false,
    isSkipped: false,
  };
}

/** The words of a payment status whose meaning is asked, when the column at `position` is it. */
export function unknownWords({ questions }: UnknownFile, position: number): readonly string[] {
  const asked = questions.filter(
    (question) =>
      question.position === position &&
      (question.code === 'unknown_words' || question.code === 'unclear_column'),
  );
  return [...new Set(asked.flatMap(({ cells }) => cells))];
}

/** What the API is told of one file. */
export function writeAnswers(unknown: UnknownFile, answers: FileAnswers): FileBody {
  const { file } = unknown;
  if (answers.isSkipped) return { file, skip: true };
  const dateOrder = answers.dateOrder === null ? {} : { dateOrder: answers.dateOrder };
  if (answers.isPeople) return { file, people: true, ...dateOrder };
  return { file, columns: assignedColumns(unknown, answers), ...dateOrder };
}

/** The columns as they are assigned. What the suggestion knows of a column beside its meaning stays, as long as the meaning does. */
export function assignedColumns(
  { suggestion }: Pick<UnknownFile, 'suggestion'>,
  { columns, words }: Pick<FileAnswers, 'columns' | 'words'>,
): Assignment[] {
  return columns.flatMap((as, position) => {
    if (as === null) return [];
    const suggested = suggestion?.columns.find((column) => column.position === position);
    const kept = suggested?.as === as ? suggested : undefined;
    const values = as === 'status' ? { ...kept?.values, ...Object.fromEntries(words) } : {};
    return [
      {
        position,
        as,
        ...(kept?.currency !== undefined && { currency: kept.currency }),
        ...(Object.keys(values).length > 0 && { values }),
      },
    ];
  });
}
