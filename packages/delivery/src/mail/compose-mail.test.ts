import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { composeMail, type Notice } from './compose-mail.js';

const english = { locale: 'en-GB', timeZone: 'UTC' };
const notice: Notice = {
  title: 'Your import is complete',
  sentences: ['All rows were read.', 'Three need a look.'],
  facts: [
    { label: 'File', value: 'backers.csv' },
    { label: 'Rows', value: 12_345 },
  ],
  link: { label: 'See the report', url: 'https://pledgeline.example/uploads/1?a=b&c=d' },
};

/** A value as the mail writes it. */
function written(value: number | Date | string, locale: string, timeZone = 'UTC'): string {
  const { text } = composeMail(
    { title: 'x', sentences: [], facts: [{ label: 'Value', value }], link: null },
    { locale, timeZone },
  );
  // Which kinds of space ICU uses changes from version to version.
  return text
    .slice(text.indexOf('Value: ') + 'Value: '.length)
    .trim()
    .replace(/\s/g, ' ');
}

describe('A notice for a mail', () => {
  it('becomes plain text', () => {
    expect(composeMail(notice, english).text).toBe(`Your import is complete

All rows were read.

Three need a look.

File: backers.csv
Rows: 12,345

See the report:
https://pledgeline.example/uploads/1?a=b&c=d
`);
  });

  it('becomes HTML that is readable without styles and fetches nothing', () => {
    const { html, subject } = composeMail(notice, english);
    expect(subject).toBe('Your import is complete');
    expect(html).toContain('<html lang="en">');
    expect(html).toContain('<h1>Your import is complete</h1>');
    expect(html).toContain('<a href="https://pledgeline.example/uploads/1?a=b&amp;c=d">See the report</a>');
    expect(html).not.toMatch(/<(img|script|style|link|iframe|object|embed)|src=|url\(|@import/i);
  });

  it('may have no facts and no link', () => {
    const { text, html } = composeMail({ ...notice, facts: [], link: null }, english);
    expect(text).toBe('Your import is complete\n\nAll rows were read.\n\nThree need a look.\n');
    expect(html).not.toMatch(/<table|<a/);
  });
});

describe('Numbers and times in a mail', () => {
  it('are written in the style of the locale', () => {
    expect(written(12_345, 'de-DE')).toBe('12.345');
    expect(written(123_456, 'en-IN')).toBe('1,23,456');
    expect(written(12_345, 'fr-FR')).toBe('12 345');
    expect(written(12_345, 'ar-EG')).toBe('١٢٬٣٤٥');
    expect(written(-7, 'en')).toBe('-7');
  });

  it('are in the given time zone, with its name', () => {
    const time = new Date('2026-11-23T20:05:00Z');
    expect(written(time, 'en-US', 'Asia/Tokyo')).toBe('November 24, 2026 at 5:05 AM GMT+9');
    expect(written(time, 'ja-JP', 'Asia/Tokyo')).toBe('2026年11月24日 5:05 JST');
    expect(written(time, 'de-DE', 'Europe/Berlin')).toBe('23. November 2026 um 21:05 MEZ');
  });

  it('follow daylight saving time', () => {
    const before = new Date('2026-03-29T00:59:00Z');
    const after = new Date('2026-03-29T01:01:00Z');
    expect(written(before, 'de-DE', 'Europe/Berlin')).toBe('29. März 2026 um 01:59 MEZ');
    expect(written(after, 'de-DE', 'Europe/Berlin')).toBe('29. März 2026 um 03:01 MESZ');
    expect(written(new Date('2026-11-01T05:30:00Z'), 'en-US', 'America/New_York')).toContain('1:30 AM EDT');
    expect(written(new Date('2026-11-01T06:30:00Z'), 'en-US', 'America/New_York')).toContain('1:30 AM EST');
  });

  it('need a locale and a time zone that exist', () => {
    expect(() => composeMail(notice, { locale: 'not a locale', timeZone: 'UTC' })).toThrow(RangeError);
    expect(() => composeMail(notice, { locale: 'en', timeZone: 'Mars/Olympus' })).toThrow(RangeError);
  });
});

describe('Text from strangers in a mail', () => {
  const evil = `"><script>alert('1')</script>&amp;`;

  it('is escaped everywhere', () => {
    const { html } = composeMail(
      {
        title: evil,
        sentences: [evil],
        facts: [{ label: evil, value: evil }],
        link: { label: evil, url: `https://pledgeline.example/?q=${evil}` },
      },
      english,
    );
    expect(html).not.toMatch(/<script/i);
    expect(html.split('&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;amp;')).toHaveLength(7);
  });

  it('can link to http and https only', () => {
    for (const url of ['javascript:alert(1)', 'data:text/html,x', 'nowhere']) {
      expect(() => composeMail({ ...notice, link: { label: 'x', url } }, english)).toThrow(TypeError);
    }
  });

  it('never contains a line break, whatever it is', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 500 }),
      fc.string({ unit: fc.constantFrom('\r', '\n', '\0', '\u2028', '\u202E', '\uD800', 'a', '🎲') }),
    );
    fc.assert(
      fc.property(text, (title) => {
        const mail = composeMail({ title, sentences: [], facts: [], link: null }, english);
        expect([...mail.subject].length).toBeLessThanOrEqual(200);
        expect(mail.subject).not.toMatch(/[\p{Cc}\u2028\u2029\p{Bidi_Control}]/u);
        expect(mail.text.trim().split('\n').length).toBe(1);
        expect(mail.subject.isWellFormed()).toBe(true);
      }),
    );
  });

  it('is cut in the subject when it is too long, and nowhere else', () => {
    const long = { title: '🎲'.repeat(10_000), sentences: [], facts: [], link: null };
    const { subject, text, html } = composeMail(long, english);
    expect(subject).toBe(`${'🎲'.repeat(199)}…`);
    expect(text).toBe(`${'🎲'.repeat(10_000)}\n`);
    expect(html).toContain(`<h1>${'🎲'.repeat(10_000)}</h1>`);
  });
});
