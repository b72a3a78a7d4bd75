import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { processorTime } from '../processor-time.testing.js';
import { anyString } from './any-string.testing.js';
import { parseEmail } from './email.js';

const LONGEST = `${'a'.repeat(64)}@${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(57)}.com`;

describe('parseEmail', () => {
  it.each([
    ['ada@example.com', 'ada@example.com', 'ada@example.com'],
    [' Ada.Lovelace+ks@Example.COM ', 'Ada.Lovelace+ks@Example.COM', 'ada.lovelace+ks@example.com'],
    [`o'hara@example.co.uk`, `o'hara@example.co.uk`, `o'hara@example.co.uk`],
    ['JOSE\u0301@example.com', 'JOSE\u0301@example.com', 'josé@example.com'],
    ['用户@例え.jp', '用户@例え.jp', '用户@例え.jp'],
    ['a@xn--bcher-kva.example', 'a@xn--bcher-kva.example', 'a@xn--bcher-kva.example'],
    ['taro..x.@docomo.example', 'taro..x.@docomo.example', 'taro..x.@docomo.example'],
    ['<Ada@example.com>', 'Ada@example.com', 'ada@example.com'],
    ['Ada Lovelace <ada@example.com>', 'ada@example.com', 'ada@example.com'],
    ['mailto:Ada@example.com', 'Ada@example.com', 'ada@example.com'],
    ['ada@example.com\u200b', 'ada@example.com', 'ada@example.com'],
    ['="ada@example.com"', 'ada@example.com', 'ada@example.com'],
    ['ａｄａ＠example.com', 'ada@example.com', 'ada@example.com'],
    [`''ada@example.com`, 'ada@example.com', 'ada@example.com'],
    [`'@example.com`, `'@example.com`, `'@example.com`],
    [LONGEST, LONGEST, LONGEST],
  ])('reads %j', (text, email, identity) => {
    expect(parseEmail(text)).toEqual({ ok: true, value: { email, identity } });
  });

  it('warns of Apple relay addresses', () => {
    const result = parseEmail('x1y2@PrivateRelay.appleid.com');
    expect(result).toMatchObject({ ok: true, warning: { code: 'relay_email' } });
  });

  it.each([
    '',
    'ada',
    '@example.com',
    'ada@',
    'ada@example',
    'ada@@example.com',
    'a@b@example.com',
    'ada lovelace@example.com',
    'ada@exam ple.com',
    'ada@example..com',
    'ada@.example.com',
    'ada@example.com.',
    'ada@-example.com',
    'ada@example-.com',
    'ada@example.c',
    'ada@127.0.0.1',
    'Ada <ada@example.com> Lovelace',
    'Ada <ada@example.com',
    '<ada@example.com, bob@example.com>',
    'mailto:',
    'ada@example.com, bob@example.com',
    'ada\0@example.com',
    'ada\n@example.com',
    'ada\ud83d@example.com',
    'ada\ufffd@example.com',
    '"ada"@example.com',
    `${'a'.repeat(65)}@example.com`,
    `a@${'b'.repeat(64)}.com`,
    `x${LONGEST}`,
  ])('refuses %j', (text) => {
    expect(parseEmail(text)).toMatchObject({ ok: false, problem: { code: 'invalid_email' } });
  });

  it('accepts every common address and gives one identity to all its spellings', () => {
    fc.assert(
      fc.property(fc.emailAddress({ size: 'small' }), (email) => {
        const result = parseEmail(email);
        if (!result.ok)
          return expect(/[^\w.!#$%&'*+/=?^`{|}~@-]/.test(email) || /@.*\.\w$/.test(email)).toBe(true);
        expect(parseEmail(email.toUpperCase())).toMatchObject({ value: { identity: result.value.identity } });
        expect(parseEmail(result.value.identity)).toMatchObject({
          value: { identity: result.value.identity },
        });
      }),
    );
  });

  it('never throws and never takes long', () => {
    fc.assert(fc.property(anyString, (text) => void parseEmail(text)));
    const time = processorTime(() => {
      parseEmail(`a@${'a.'.repeat(200_000)}`);
      parseEmail(`${'a'.repeat(200_000)}@example.com`);
      parseEmail('<'.repeat(200_000));
      parseEmail(`a<${' '.repeat(200_000)}`);
    });
    expect(time).toBeLessThan(1_000);
  });
});
