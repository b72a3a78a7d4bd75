import { describe, expect, it } from 'vitest';
import { readDelimiter } from './delimiter-names.js';

describe('readDelimiter', () => {
  it.each([
    [',', ','],
    ['comma', ','],
    ['Semicolon', ';'],
    ['TAB', '\t'],
    ['\\t', '\t'],
    ['\t', '\t'],
    ['pipe', '|'],
    [' ', ' '],
    ['^', '^'],
    ['¦', '¦'],
    ['', null],
    ['"', null],
    ['\n', null],
    ['\r', null],
    ['\0', null],
    ['\u007f', null],
    ['\u0085', null],
    [',,', null],
    ['🎲', null],
    ['constructor', null],
  ])('reads %j as %j', (text, delimiter) => {
    expect(readDelimiter(text)).toBe(delimiter);
  });
});
