import fc from 'fast-check';
import { v5 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { fingerprint, nameBasedId } from './ids.js';

describe('nameBasedId', () => {
  it('is the UUID version 5 that the uuid package makes', () => {
    const name = fc.array(fc.string({ unit: 'binary', maxLength: 60 }), { maxLength: 4 });
    fc.assert(
      fc.property(fc.uuid(), name, (namespace, key) => {
        expect(nameBasedId(namespace, ...key)).toBe(v5(JSON.stringify(key), namespace));
      }),
    );
  });

  it('works with a name longer than any before, and with two name spaces in turn', () => {
    const [a, b] = ['6ba7b810-9dad-11d1-80b4-00c04fd430c8', '6ba7b811-9dad-11d1-80b4-00c04fd430c8'];
    const long = '谢'.repeat(30_000);
    const expected = [v5(JSON.stringify([long]), a), v5('["x"]', b), v5('["x"]', a)];
    expect([nameBasedId(a, long), nameBasedId(b, 'x'), nameBasedId(a, 'x')]).toEqual(expected);
  });
});

describe('fingerprint', () => {
  it('differs for values that are the same text when joined', () => {
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
