import { shownText } from '@pledgeline/csv-core';
import { escapeHtml } from './escape-html.js';

/** The content of a mail, before numbers and times are written in a locale. */
export interface Notice {
  /** Becomes the subject too, cut after 200 characters. */
  readonly title: string;
  /** Paragraphs. */
  readonly sentences: readonly string[];
  readonly facts: readonly { readonly label: string; readonly value: number | Date | string }[];
  /** `url` is http or https. */
  readonly link: { readonly label: string; readonly url: string } | null;
}

export interface MailStyle {
  /** A BCP 47 tag such as `de-DE`. */
  readonly locale: string;
  /** An IANA name such as `Europe/Berlin`. */
  readonly timeZone: string;
}

/** A mail ready to be sent. */
export interface ComposedMail {
  /** One line of at most 200 characters. */
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

const longestSubject = 200;

/**
 * Writes a mail as plain text and HTML. Numbers have the locale's digits and grouping, times are in the time zone with
 * its short name. Everything is escaped, and control characters, line breaks among them, become spaces.
 *
 * @throws RangeError for a locale or time zone that does not exist, or an invalid date
 * @throws TypeError for a link that is neither http nor https
 */
export function composeMail(notice: Notice, style: MailStyle): ComposedMail {
  const format = createFormat(style);
  const content: Content = {
    title: oneLine(notice.title),
    sentences: notice.sentences.map(oneLine),
    facts: notice.facts.map(({ label, value }) => ({ label: oneLine(label), value: format(value) })),
    link: notice.link && { label: oneLine(notice.link.label), url: webUrl(notice.link.url) },
  };
  return { subject: cut(content.title), text: asText(content), html: asHtml(content) };
}

function oneLine(text: string): string {
  return shownText(text).trim();
}

/** A notice in which every text is one line. */
interface Content {
  readonly title: string;
  readonly sentences: readonly string[];
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  readonly link: { readonly label: string; readonly url: string } | null;
}

function createFormat({ locale, timeZone }: MailStyle): (value: number | Date | string) => string {
  const numbers = new Intl.NumberFormat(locale);
  const times = new Intl.DateTimeFormat(locale, {
    timeZone,
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZoneName: 'short',
  });
  return (value) => {
    if (typeof value === 'number') return numbers.format(value);
    // A locale may put direction marks into its numbers and times, which belong there.
    return value instanceof Date ? times.format(value) : oneLine(value);
  };
}

function cut(title: string): string {
  const characters = [...title];
  if (characters.length <= longestSubject) return title;
  return `${characters
    .slice(0, longestSubject - 1)
    .join('')
    .trimEnd()}…`;
}

function webUrl(text: string): string {
  const url = new URL(text);
  if (!['http:', 'https:'].includes(url.protocol)) {
    throw new TypeError(`A mail links to web pages only, not to ${url.protocol}`);
  }
  return url.href;
}

function asText({ title, sentences, facts, link }: Content): string {
  const paragraphs = [
    title,
    ...sentences,
    facts.map(({ label, value }) => `${label}: ${value}`).join('\n'),
    link ? `${link.label}:\n${link.url}` : '',
  ];
  return `${paragraphs.filter((paragraph) => paragraph !== '').join('\n\n')}\n`;
}

/** Readable without styles and images; nothing in it is fetched. `dir` and `bdi` keep right-to-left text in place. */
function asHtml({ title, sentences, facts, link }: Content): string {
  const rows = facts.map(
    ({ label, value }) =>
      `<tr><th align="left"><bdi>${escapeHtml(label)}</bdi></th><td><bdi>${escapeHtml(value)}</bdi></td></tr>`,
  );
  return [
    '<!doctype html>',
    // The words are English; only numbers and times follow the locale.
    '<html lang="en">',
    `<head><meta charset="utf-8"><title>${escapeHtml(title)}</title></head>`,
    '<body dir="auto">',
    `<h1>${escapeHtml(title)}</h1>`,
    ...sentences.map((sentence) => `<p dir="auto">${escapeHtml(sentence)}</p>`),
    ...(rows.length > 0 ? ['<table cellpadding="4">', ...rows, '</table>'] : []),
    ...(link ? [`<p><a href="${escapeHtml(link.url)}">${escapeHtml(link.label)}</a></p>`] : []),
    '</body>',
    '</html>',
    '',
  ].join('\n');
}
