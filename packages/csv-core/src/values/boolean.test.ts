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

  it.each(['WAHR', 'Vrai', 'VERDADERO', 'Prawda', 'ДА', 'はい', '是', '예', 'Ｙ', '="TRUE"', '✓', '✔', 'on'])(
    'reads %j, as spreadsheets and other languages write it, as true',
    (text) => {
      expect(parseBoolean(text)).toEqual({ ok: true, value: true });
    },
  );

  it.each(['FALSCH', 'Faux', 'FALSO', 'Нет', 'いいえ', '否', 'HAYIR', 'Hayır', 'off', "'no"])(
    'reads %j, as spreadsheets and other languages write it, as false',
    (text) => {
      expect(parseBoolean(text)).toEqual({ ok: true, value: false });
    },
  );

  it('reads a word in capitals like the word in lower case', () => {
    const word = fc.constantFrom('yes', 'no', 'true', 'false', 'não', 'ναι', 'нет', 'ano', 'fałsz', 'si');
    fc.assert(
      fc.property(word, (text) => {
        expect(parseBoolean(text).ok).toBe(true);
        expect(parseBoolean(` ${text.toUpperCase()} `)).toEqual(parseBoolean(text));
      }),
    );
  });

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
