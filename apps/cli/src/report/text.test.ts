import { describe, expect, it } from 'vitest';
import { addAmounts, formatBytes, formatSeconds, groupAmount } from './numbers.js';
import { cut, displayWidth, printable, wrap } from './text.js';

describe('Text for a terminal', () => {
  it('has the width that a terminal gives it', () => {
    expect(displayWidth('Brontë')).toBe(6);
    expect(displayWidth('日本語')).toBe(6);
    expect(displayWidth('e\u0301')).toBe(1);
  });

  it('is cut between characters and never too wide', () => {
    expect(cut('Lantern', 7)).toBe('Lantern');
    expect(cut('Lanterns', 7)).toBe('Lanter…');
    expect(displayWidth(cut('日本語日本語', 6))).toBeLessThanOrEqual(6);
  });

  it('is wrapped at blanks, and within a word only when the word is too long', () => {
    expect(wrap('one two three', 7)).toEqual(['one two', 'three']);
    expect(wrap('abcdefghij', 4)).toEqual(['abcd', 'efgh', 'ij']);
  });

  it('has no control characters', () => {
    expect(printable('a\r\nb\tc\u001b[31m\u202ed')).toBe('a⏎b c·[31m·d');
  });
});

describe('Numbers in the report', () => {
  it('are exact when they are amounts', () => {
    expect(addAmounts(['0.1000', '0.2000', '-1.0050'])).toBe('-0.7050');
    expect(addAmounts([])).toBe('0.0000');
    expect(groupAmount('1234567.50')).toBe('1,234,567.50');
    expect(groupAmount('-1234')).toBe('-1,234');
  });

  it('are short when they are sizes or times', () => {
    expect(formatBytes(0)).toBe('0 B');
    expect(formatBytes(1_234_567)).toBe('1.2 MB');
    expect(formatSeconds(0.4)).toBe('0.40 s');
    expect(formatSeconds(185)).toBe('3 min 05 s');
  });
});
