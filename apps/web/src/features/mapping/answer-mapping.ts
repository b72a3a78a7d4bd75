import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { client } from '../../api/client.js';
import { mappingQuery, templatesQuery } from '../../api/queries.js';
import { noticeError } from '../session/session.js';
import { type FileAnswers, firstAnswers, type UnknownFile, writeAnswers } from './file-answers.js';

/** What a person has said of the files of an upload. */
export interface MappingAnswers {
  /** By the number of the file. What is not here is as it is suggested. */
  readonly answers: ReadonlyMap<number, FileAnswers>;
  /** The name under which it is remembered; blank for none. */
  readonly saveAs: string;
}

/** Answers as they are sent. */
export interface SentAnswers extends MappingAnswers {
  /** Whether the changes are shown before they are made. */
  readonly review: boolean;
}

/** Answers that were refused, for the form in which they are corrected. */
export interface RefusedAnswers extends MappingAnswers {
  readonly error: unknown;
}

const refusedQuery = (id: string) =>
  queryOptions<RefusedAnswers>({ queryKey: ['refused-answers', id], enabled: false });

export const readRefused = (queries: QueryClient, id: string): RefusedAnswers | undefined =>
  queries.getQueryData(refusedQuery(id).queryKey);

/** The answers about a file; as it is suggested where nothing was said of a file with these columns. */
export function answersFor(file: UnknownFile, answers: MappingAnswers['answers'] | undefined): FileAnswers {
  const said = answers?.get(file.file);
  return said?.columns.length === file.headers.length ? said : firstAnswers(file);
}

/** Says what the columns of an upload are; its import begins. What was known of its questions and of saved mappings is out of date then. */
export async function putMapping(
  queries: QueryClient,
  id: string,
  files: readonly UnknownFile[],
  { answers, saveAs, review }: SentAnswers,
): Promise<void> {
  const name = saveAs.trim();
  await client.put('/v1/uploads/{id}/mapping', {
    path: { id },
    body: {
      files: files.map((file) => writeAnswers(file, answersFor(file, answers))),
      ...(name !== '' && { saveAs: name }),
      review,
    },
  });
  queries.removeQueries({ queryKey: mappingQuery(id).queryKey });
  await queries.invalidateQueries({ queryKey: templatesQuery.queryKey });
}

/** Gives an upload the answers that a person gave before it was sent. Those that are refused are kept for the form of the upload. */
export async function answerAtOnce(queries: QueryClient, id: string, said: SentAnswers): Promise<void> {
  try {
    await putMapping(queries, id, await queries.fetchQuery(mappingQuery(id)), said);
  } catch (error) {
    noticeError(queries, error);
    queries.setQueryData(refusedQuery(id).queryKey, { ...said, error });
  }
}
