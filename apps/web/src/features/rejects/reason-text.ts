import type { Texts } from '../../texts/texts.js';
import type { Reason } from './book/protocol.js';

/** A reason in words, and the language that they are in: those of the person, or English for a rare reason. */
export function reasonText(
  { code, message }: Pick<Reason, 'code' | 'message'>,
  texts: Texts,
): { readonly words: string; readonly lang: 'en' | undefined } {
  const known: Readonly<Record<string, string>> = texts.correcting.reasons;
  const words = known[code];
  return words === undefined ? { words: message, lang: 'en' } : { words, lang: undefined };
}
