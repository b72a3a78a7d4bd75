import type { Schemas } from '@pledgeline/client';
import type { Texts } from '../../texts/texts.js';

/** A question for people: those of the API also say how a program answers, where the page has a field for it. */
export function writeQuestion(
  {
    code,
    header,
    cells,
    message,
  }: Pick<Schemas['Question'], 'code' | 'header' | 'message'> & {
    readonly cells: readonly string[];
  },
  { mapping }: Texts,
): string {
  return code === 'unknown_words' ? mapping.askWords(header ?? '', cells.join(', ')) : message;
}
