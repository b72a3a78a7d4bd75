import { renderFields } from './render-fields.js';
import type { Section } from './section.js';
import type { Style } from './style.js';
import { printable } from './text.js';

/** The questions that were answered before they were asked, so that nobody overlooks what was accepted. */
export function renderAnswered(questions: readonly string[], style: Style): Section {
  const fields = questions.map((question): [string, string] => ['', printable(question)]);
  return { title: 'Answered by you in advance', lines: renderFields(fields, style) };
}
