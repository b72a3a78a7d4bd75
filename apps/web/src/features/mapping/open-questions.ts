import { type FileAnswers, type UnknownFile, unknownWords } from './file-answers.js';

type Question = UnknownFile['questions'][number];

/** The questions about a file that the answers leave open: without them nothing is imported. */
export function openQuestions(file: UnknownFile, answers: FileAnswers): readonly Question[] {
  if (answers.isSkipped) return [];
  return file.questions.filter((question) => isOpen(question, file, answers));
}

function isOpen({ code, position }: Question, file: UnknownFile, answers: FileAnswers): boolean {
  const { columns, words, isPeople } = answers;
  if (code === 'missing_column') return !namesWho(columns) || !(isPeople || columns.includes('externalId'));
  if (position === null || isPeople) return false;
  const as = columns[position] ?? null;
  if (as === null) return true;
  return as === 'status' && unknownWords(file, position).some((word) => !words.has(word));
}

function namesWho(columns: FileAnswers['columns']): boolean {
  return columns.includes('email') || columns.includes('backerExternalId');
}
