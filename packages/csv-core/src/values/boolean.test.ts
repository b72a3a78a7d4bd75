import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyString } from './any-string.testing.js';
import { parseBoolean } from './boolean.js';

describe('parseBoolean', () => {
  it.each(['yes', 'YES', ' Yes ', 'y', 'true', 'TRUE', 't', '1', 'Sim', 'Sí', 'Si', 'si\u0301', 'Ja', 'Oui'])(
    'reads %j as true',
    (text) => {
      expect(parseBoolean(text)).toEqual({ ok: true, value: true });
    },
  );

  it.each(['no', 'No', 'n', 'false', 'F', '0', 'Não', 'NÃO', 'nao', 'Nein', 'Non', 'nee'])(
    'reads %j as false',
    (text) => {
      expect(parseBoolean(text)).toEqual({ ok: true, value: false });
    },
  );

  it.each(['maybe', '', '2', 'constructor', 'yes!'])('refuses %j', (text) => {
    expect(parseBoolean(text)).toMatchObject({ ok: false, problem: { code: 'invalid_boolean' } });
  });

  it('never throws', () => {
    fc.assert(fc.property(anyString, (text) => void parseBoolean(text)));
  });
});
