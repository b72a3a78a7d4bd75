import type { ColumnSuggestion } from '../suggest/suggest-mapping.js';
import type { SuggestedColumn } from './complete-suggestion.js';
import { askAbout, exampleCells, type OpenQuestion } from './open-question.js';

/** Marks that people make in a list by hand, in lower case. */
const marks: ReadonlySet<string> = new Set([
  'x',
  '✓',
  '✔',
  '✔️',
  '☑',
  '☒',
  '☐',
  '✗',
  '✘',
  '✅',
  '❌',
  '√',
  'o',
  '*',
  '+',
]);
/** Headers, as words, of a column in which people tick off who has paid. */
const doneWords: ReadonlySet<string> = new Set([
  'ok',
  'okay',
  'done',
  'check',
  'checked',
  'cleared',
  'settled',
  'complete',
  'completed',
  'received',
  'paid',
  'payment',
  'erledigt',
  'eingegangen',
  'erhalten',
  'fait',
  'regle',
  'hecho',
  'listo',
  'fatto',
  'feito',
  'klaar',
]);
/** Codes of two or three letters, such as those of a state, or short forms of a status. */
const CODE = /^\p{Lu}{2,3}$/u;
/** Words of a header that may mean a status or a part of a country. */
const statusOrPlace: ReadonlySet<string> = new Set([
  'state',
  'status',
  'estado',
  'etat',
  'stato',
  'stan',
  'st',
]);
/** Words beside those that leave it open. `Shipping State` is no status. */
const besideStatus: ReadonlySet<string> = new Set([...statusOrPlace, 'order', 'pledge', 'code']);
/** What such a column is taken for: `PA` and `PE` are also countries. */
const places: ReadonlySet<ColumnSuggestion['as']> = new Set(['kept', 'shippingState', 'shippingCountry']);
const addressFields: ReadonlySet<ColumnSuggestion['as']> = new Set([
  'shippingAddress1',
  'shippingCity',
  'shippingPostalCode',
  'shippingCountry',
  'billingCountry',
]);

/** Asks about columns that may hold the payment status as a mark or as a code, where no other column holds it. */
export function askForStatusMarks(columns: readonly SuggestedColumn[]): readonly OpenQuestion[] {
  if (columns.some(({ suggested }) => suggested.as === 'status')) return [];
  const addresses = columns.filter(({ suggested }) => addressFields.has(suggested.as));
  return columns.flatMap(({ suggested, column, cells }): readonly OpenQuestion[] => {
    const texts = [...cells.texts.keys()].map((text) => text.trim());
    const isAll = (test: (text: string) => boolean) => texts.length > 0 && texts.every(test);
    const isNamed = (names: ReadonlySet<string>) => column.words.some((word) => names.has(word));
    const ask = (question: string) => [askAbout(suggested, 'unclear_column', question, exampleCells(cells))];
    const isMark = (text: string) => marks.has(text.toLowerCase());
    if (suggested.as === 'kept' && isNamed(doneWords) && isAll(isMark)) {
      return ask(
        `Do the marks in "${suggested.header}" say which pledges are paid? If so, assign it as the payment status, and say with "values" what each mark means.`,
      );
    }
    const mayBePlace =
      places.has(suggested.as) && addresses.every((address) => address.suggested === suggested);
    if (
      mayBePlace &&
      isNamed(statusOrPlace) &&
      column.words.every((word) => besideStatus.has(word)) &&
      isAll((text) => CODE.test(text))
    ) {
      return ask(
        `Is "${suggested.header}" the payment status, or a state of a country? No column beside it holds an address.`,
      );
    }
    return [];
  });
}
