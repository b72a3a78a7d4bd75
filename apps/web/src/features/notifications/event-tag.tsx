import type { ReactNode } from 'react';
import { type Texts, useSpeech } from '../../texts/texts.js';

const wrong = new Set(['upload.failed', 'webhook.disabled']);
const doubt = new Set(['upload.needs_mapping', 'upload.needs_review']);

/** What has happened, in a word or two. */
export function EventTag({ type }: { readonly type: string }): ReactNode {
  const { texts } = useSpeech();
  const kind = wrong.has(type)
    ? 'wrong'
    : doubt.has(type)
      ? 'doubt'
      : type === 'upload.completed'
        ? 'good'
        : '';
  return <span className={`tag ${kind}`.trim()}>{eventTitle(type, texts)}</span>;
}

/** An event in the person's language; as the API has it, where it is newer than this page. */
export function eventTitle(type: string, { events }: Texts): string {
  const titles: Readonly<Record<string, string>> = events;
  return titles[type] ?? type;
}
