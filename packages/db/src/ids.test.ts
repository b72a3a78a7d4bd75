import fc from 'fast-check';
import { v5 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { fingerprint, nameBasedId } from './ids.js';

describe('nameBasedId', () => {
  it('is version 5 of the name in its name space, as the uuid package makes it', () => {
    const name = fc.array(fc.string({ unit: 'binary', maxLength: 60 }), { maxLength: 4 });
    fc.assert(
      fc.property(fc.uuid(), name, (namespace, key) => {
        expect(nameBasedId(namespace, ...key)).toBe(v5(JSON.stringify(key), namespace));
      }),
    );
  });

  it('bears a name longer than any before, and two name spaces in turn', () => {
    const [a, b] = ['6ba7b810-9dad-11d1-80b4-00c04fd430c8', '6ba7b811-9dad-11d1-80b4-00c04fd430c8'];
    const long = '谢'.repeat(30_000);
    const expected = [v5(JSON.stringify([long]), a), v5('["x"]', b), v5('["x"]', a)];
    expect([nameBasedId(a, long), nameBasedId(b, 'x'), nameBasedId(a, 'x')]).toEqual(expected);
  });
});

describe('fingerprint', () => {
  it('tells values apart that look alike when they are put together', () => {
    const values = [
      [null],
      ['null'],
      [''],
      [],
      ['a', null],
      [null, 'a'],
      ['a,null'],
      [{ a: '1' }],
      ['{"a":"1"}'],
    ];
    expect(new Set(values.map(fingerprint)).size).toBe(values.length);
  });
});
