import type { Upload } from '../upload/answers.js';
import { renderFields } from './render-fields.js';
import type { Section } from './section.js';
import type { Style } from './style.js';
import { printable } from './text.js';

/** Renders what is to be looked at first: what the API has warned of when it received the file. */
export function renderWarnings(warnings: Upload['warnings'], style: Style): Section {
  const lines = warnings.map(
    ({ message, file }) =>
      ['', `${file === null ? '' : `${printable(file)}: `}${printable(message)}`] as const,
  );
  return { title: style.warn('Look at this first'), lines: renderFields(lines, style) };
}
