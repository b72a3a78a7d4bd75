import iconv from 'iconv-lite';
import { hash } from './hash.js';
import type { LabelledFile, Selection } from './labelled-file.js';
import { makeFile } from './make-file.js';

/** Encodings that csv-core cannot read, by language, with their names in iconv-lite. */
const UNREAD: readonly (readonly [language: string, encodings: readonly string[]])[] = [
  ['hy', ['armscii8']],
  ['ka', ['georgianps', 'georgianacademy']],
  ['ar', ['cp864', 'cp720']],
  ['pt', ['cp860']],
  ['fr', ['cp863', 'hproman8']],
  ['no', ['cp865']],
  ['is', ['cp861', 'maciceland']],
  ['tr', ['macturkish', 'iso88593']],
  ['el', ['macgreek', 'cp869']],
  ['ro', ['iso885916', 'macromania']],
  ['hr', ['maccroatian']],
  ['vi', ['viscii', 'tcvn']],
  ['ru', ['cp855']],
  ['bg', ['mik']],
  ['th', ['macthai']],
  ['et', ['iso885910']],
];

/** Makes files in these encodings. A character that an encoding does not have becomes a question mark. */
export function* unreadFiles({ seed, repetitions }: Selection): Generator<LabelledFile> {
  for (const [language, encodings] of UNREAD) {
    for (const encoding of encodings) {
      for (const rows of [3, 10, 30]) {
        for (let index = 0; index < repetitions; index += 1) {
          const wish = {
            language,
            encoding: 'utf-8',
            rows,
            seed: hash([seed, language, encoding, rows, index].join('/')),
          };
          const { text } = makeFile(wish);
          const bytes = iconv.encode(text, encoding);
          yield { language, encoding, rows, bytes, text: iconv.decode(bytes, encoding) };
        }
      }
    }
  }
}
