import {
  TOKEN_CHAR,
  TOKEN_COMMA,
  TOKEN_CURRENCY,
  TOKEN_DIGIT,
  TOKEN_ESCAPED,
  TOKEN_FILL,
  TOKEN_GENERAL,
  TOKEN_GROUP,
  TOKEN_HASH,
  TOKEN_LOCALE,
  TOKEN_MINUS,
  TOKEN_PAREN,
  TOKEN_PERCENT,
  TOKEN_PLUS,
  TOKEN_POINT,
  TOKEN_QMARK,
  TOKEN_SCALE,
  TOKEN_SKIP,
  TOKEN_SLASH,
  TOKEN_SPACE,
  TOKEN_STRING,
  TOKEN_ZERO,
  type Token,
} from 'numfmt';
import { currencyIn } from './format-currency.js';

/** How a section of a format writes the digits of a number, and what it puts around them. */
export interface NumberPattern {
  /** False for a section of words alone. */
  readonly hasDigits: boolean;
  /** The format up to the last digit before the decimals. */
  readonly before: string;
  /** The format after the decimals. */
  readonly after: string;
  /** How many decimals the format shows; null when it shows as many as the number has. */
  readonly decimals: number | null;
  readonly isPercent: boolean;
  /** The currency in its texts, or ''. */
  readonly currency: string;
  /** Whether its texts could be read as part of the number: signs, brackets, and texts between the digits. */
  readonly mayMislead: boolean;
  /** Whether texts stand between the digits, or contain digits or separators. */
  readonly isSplit: boolean;
}

const placeTypes: readonly string[] = [TOKEN_HASH, TOKEN_ZERO, TOKEN_QMARK, TOKEN_GENERAL];
const textTypes: readonly string[] = [
  TOKEN_CHAR,
  TOKEN_COMMA,
  TOKEN_CURRENCY,
  TOKEN_DIGIT,
  TOKEN_ESCAPED,
  TOKEN_MINUS,
  TOKEN_PAREN,
  TOKEN_PLUS,
  TOKEN_SPACE,
  TOKEN_STRING,
];

/**
 * Reads a section so that a number can be written with all of its decimals and in its full size: fractions become
 * decimals, and scaling is left out, together with the "M" or "K" that stands for it.
 *
 * @param tokens those of one section
 */
export function readNumberPattern(tokens: readonly Token[]): NumberPattern {
  const isScaled = tokens.some((token, at) => isScale(token, tokens[at + 1]));
  const flat = withoutFraction(tokens).filter((token, at, all) => !isScale(token, all[at + 1]));
  const point = flat.findIndex(({ type }) => type === TOKEN_POINT);
  const isWhole = (token: Token, at: number) => isPlace(token) && (point < 0 || at < point);
  const lastWhole = flat.findLastIndex(isWhole);
  const end = Math.max(lastWhole, point) + 1;
  const first = flat.findIndex(isPlace);
  const write = (token: Token, at: number) => {
    if (at === lastWhole) return '0';
    return token.type === TOKEN_GROUP && at < first ? '' : writeToken(token, isScaled);
  };
  const before = flat.slice(0, end).map(write).join('');
  const decimals = flat.slice(end).filter(isPlace).length;
  const texts = flat.map(textOf).join(' ');
  const amidDigits = flat.slice(first, lastWhole + 1);
  const isSplit = /[\d.,]/.test(texts) || amidDigits.some((token) => textOf(token) !== '');
  return {
    hasDigits: flat.some(isPlace),
    before: lastWhole < 0 ? `${before}0` : before,
    after: flat
      .slice(end)
      .filter((token) => !isPlace(token) && token.type !== TOKEN_GROUP)
      .map((token) => writeToken(token, isScaled))
      .join(''),
    decimals: flat.some(({ type }) => type === TOKEN_GENERAL) ? null : decimals,
    isPercent: flat.some(({ type }) => type === TOKEN_PERCENT),
    currency: currencyIn(texts),
    mayMislead: isSplit || /['’()+−–-]/.test(texts),
    isSplit,
  };
}

function isPlace({ type }: Token): boolean {
  return placeTypes.includes(type);
}

/** Whether a comma divides the number by a thousand. The library does not see it when a point follows. */
function isScale({ type }: Token, next: Token | undefined): boolean {
  return type === TOKEN_SCALE || (type === TOKEN_GROUP && next?.type === TOKEN_POINT);
}

/** Replaces the places of a fraction such as `# ?/?` by a single one, which shows decimals. */
function withoutFraction(tokens: readonly Token[]): readonly Token[] {
  const slash = tokens.findIndex(({ type }) => type === TOKEN_SLASH);
  const first = tokens.findIndex(isPlace);
  if (slash < 0 || first < 0) return tokens;
  const last = tokens.findLastIndex(
    (token, at) => isPlace(token) || (at > slash && token.type === TOKEN_DIGIT),
  );
  const place: Token = { type: TOKEN_GENERAL, value: '0', raw: '0' };
  return [...tokens.slice(0, first), place, ...tokens.slice(last + 1)];
}

/** What a token shows beside the digits. */
function textOf({ type, value }: Token): string {
  if (type === TOKEN_LOCALE) return value.replace(/-.*$/, '');
  return textTypes.includes(type) ? value : '';
}

function writeToken(token: Token, isScaled: boolean): string {
  switch (token.type) {
    case TOKEN_ZERO:
      return '0';
    case TOKEN_HASH:
    case TOKEN_QMARK:
      return '#';
    case TOKEN_GROUP:
    case TOKEN_PERCENT:
    case TOKEN_SKIP:
    case TOKEN_FILL:
      return token.raw;
    default: {
      const text = textOf(token);
      return quote(isScaled ? currencyIn(text) : text);
    }
  }
}

function quote(text: string): string {
  if (text === '') return '';
  return text.includes('"') ? text.replace(/[\s\S]/g, '\\$&') : `"${text}"`;
}
