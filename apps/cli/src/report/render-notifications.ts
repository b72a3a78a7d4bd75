import type { Notification } from '../upload/answers.js';
import { renderFields } from './render-fields.js';
import type { Section } from './section.js';
import type { Style } from './style.js';
import { printable } from './text.js';

/** Renders the notifications of the upload, the oldest first. */
export function renderNotifications(notifications: readonly Notification[], style: Style): Section {
  const fields = notifications
    .toReversed()
    .flatMap(({ type, title, sentences }) => [
      ['', `${type}: ${printable(title)}`] as const,
      ...sentences.map((sentence) => ['', printable(sentence)] as const),
    ]);
  return { title: 'Notification', lines: renderFields(fields, style) };
}
