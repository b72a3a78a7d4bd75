import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLines } from './read-lines.js';

/** A stream of these bytes, cut into pieces of this many. */
function streamOf(text: string, size: number): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close();
      controller.enqueue(bytes.slice(at, at + size));
      at += size;
    },
  });
}

describe('The lines of a stream', () => {
  it('are those of the text, wherever it is cut and however they end', async () => {
    const line = fc.string({ unit: 'grapheme' }).map((text) => text.replace(/[\r\n\ufeff]/g, ''));
    const ends = fc.constantFrom('\n', '\r\n', '\r');
    const texts = fc.array(fc.tuple(line, ends), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(texts, ends, fc.integer({ min: 1, max: 7 }), async (lines, end, size) => {
        // A line of CR before an empty line of LF would be one end.
        const text = lines.map(([each]) => `${each}${end}`).join('');
        const read: string[] = [];
        for await (const each of readLines(streamOf(text, size))) read.push(each);
        expect(read).toEqual(lines.map(([each]) => each));
      }),
    );
  });

  it('are read no further than they are used, and the last one needs no end', async () => {
    let isCanceled = false;
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new TextEncoder().encode('line\n')),
      cancel: () => {
        isCanceled = true;
      },
    });
    for await (const line of readLines(endless)) {
      expect(line).toBe('line');
      break;
    }
    expect(isCanceled).toBe(true);
    const read: string[] = [];
    for await (const line of readLines(streamOf('a\nb', 2))) read.push(line);
    expect(read).toEqual(['a', 'b']);
  });
});
