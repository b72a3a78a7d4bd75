import { expect, it } from 'vitest';
import { createLineHolder } from './line-holder.js';

function createHolder(maxHeld = Number.POSITIVE_INFINITY) {
  const passed: Uint8Array[] = [];
  const holder = createLineHolder((bytes) => passed.push(bytes), maxHeld);
  return { holder, passed, text: () => Buffer.concat(passed).toString() };
}

it('The line holder passes on whole lines, and the rest only when the file is not cut off', () => {
  for (const [isCut, rest] of [
    [true, ''],
    [false, 'ghi'],
  ] as const) {
    const { holder, text } = createHolder();
    for (const piece of ['a', 'bc\nd', 'ef\ng', 'hi']) holder.push(Buffer.from(piece));
    expect(text()).toBe('abc\ndef\n');
    holder.end(isCut);
    expect(text()).toBe(`abc\ndef\n${rest}`);
  }
});

it('The line holder passes on a line that ends exactly where the file is cut off', () => {
  const { holder, text } = createHolder();
  holder.push(Buffer.from('abc\nd'));
  holder.push(Buffer.from('ef\n'));
  holder.end(true);
  expect(text()).toBe('abc\ndef\n');
});

it('The line holder passes on a file of a single line, cut off or not', () => {
  const { holder, text } = createHolder();
  holder.push(Buffer.from('abc'));
  holder.end(true);
  expect(text()).toBe('abc');
});

it('The line holder never ends within a UTF-16 character, wherever the file is cut off and in whatever pieces', () => {
  const little = Buffer.from('a,b\r\nčć,d\r\n1,2\r\n', 'utf16le');
  for (const bytes of [little, Buffer.from(little).swap16()]) expectWholeCharacters(bytes);
});

function expectWholeCharacters(bytes: Buffer): void {
  for (let size = 1; size <= bytes.length; size += 1) {
    for (let length = 14; length <= bytes.length; length += 1) {
      const { holder, passed } = createHolder();
      for (let at = 0; at < length; at += size) holder.push(bytes.subarray(at, Math.min(at + size, length)));
      holder.end(true);
      expect(Buffer.concat(passed).length % 2).toBe(0);
    }
  }
}

it('The line holder takes linear time for a line, however many pieces it comes in', () => {
  const { holder, passed } = createHolder();
  const pieces = Array.from({ length: 1_000 }, () => Buffer.from('no line end'));
  for (const piece of pieces) holder.push(piece);
  expect(passed).toEqual([]);
  holder.end(false);
  const places = (all: readonly Uint8Array[]) =>
    all.filter(({ length }) => length > 0).map(({ buffer, byteOffset }) => ({ buffer, byteOffset }));
  const given = places(pieces);
  const found = places(passed);
  expect(found).toHaveLength(1_000);
  expect(
    found.every(({ buffer, byteOffset }, n) => {
      const { buffer: own, byteOffset: at } = given[n] ?? {};
      return buffer === own && byteOffset === at;
    }),
  ).toBe(true);
});

it('The line holder passes on a line that is too long, for its reader to refuse', () => {
  const { holder, passed } = createHolder(100);
  for (let n = 0; n < 30; n += 1) holder.push(Buffer.from('ten bytes '));
  expect(Buffer.concat(passed).length).toBeGreaterThanOrEqual(200);
});
