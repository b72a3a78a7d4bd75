import type { Answer, FromWorker, Question, ToWorker } from './protocol.js';
import { openRejects } from './read-rejects.js';
import { openRejectBook, type RejectBook } from './reject-book.js';
import { writeRejects } from './write-rejects.js';

/** Keeps the rejected rows of a file beside the page, which stays smooth while they are read, checked and changed. */
addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  if ('bytes' in data) {
    reader.push(data.bytes);
    return;
  }
  const answered: FromWorker = { id: data.id, answer: answer(data.question) };
  postMessage(answered);
});

const reader = openRejects();
let opened: { readonly book: RejectBook; readonly uploadId: string } | null = null;

function answer(question: Question): Answer {
  if (question.kind === 'open') {
    const { reading, uploadId } = question;
    opened = { book: openRejectBook(reader.end(), reading), uploadId };
    return { kind: 'state', state: opened.book.state() };
  }
  if (opened === null) throw new Error('The rejected rows are not open yet.');
  const { book, uploadId } = opened;
  switch (question.kind) {
    case 'rows':
      return { kind: 'rows', rows: book.rowsBetween(question.from, question.to) };
    case 'try':
      return { kind: 'outcome', outcome: book.try(question.change) };
    case 'write': {
      const { file, rows } = book.fixed();
      return { kind: 'file', file: new Blob([...writeRejects(file, uploadId)], { type: 'text/csv' }), rows };
    }
    default:
      carryOut(question, book);
      return { kind: 'state', state: book.state() };
  }
}

function carryOut(
  order: Exclude<Question, { readonly kind: 'open' | 'rows' | 'try' | 'write' }>,
  book: RejectBook,
): void {
  switch (order.kind) {
    case 'edit':
      book.edit(order.row, order.position, order.text);
      break;
    case 'apply':
      book.apply(order.change);
      break;
    case 'choose':
      book.choose(order.group);
      break;
    case 'remove':
      book.remove(order.rows);
      break;
    case 'undo':
      book.undo();
      break;
    case 'redo':
      book.redo();
      break;
  }
}
