import { isValidFormat, TOKEN_BREAK, TOKEN_CONDITION, TOKEN_TEXT, type Token, tokenize } from 'numfmt';

/** A section of a number format, for the numbers that meet its condition. */
export interface FormatSection {
  readonly tokens: readonly Token[];
  readonly accepts: (value: number) => boolean;
  /** Whether it accepts one number only, as `[=1]` does. */
  readonly isForOne: boolean;
}

/** The fourth section is for texts. */
const NUMBER_SECTIONS = 3;

/**
 * Splits a number format into its sections (ECMA-376 part 1, 18.8.31).
 *
 * @returns the sections for numbers, of which the first that accepts a number applies; null for an invalid format
 */
export function readFormatSections(code: string): readonly FormatSection[] | null {
  const valid = [code, withoutForeignModifiers(code)].find(isValidFormat);
  if (valid === undefined) return null;
  const lists = splitAtBreaks(tokenize(valid))
    .slice(0, NUMBER_SECTIONS)
    .filter((tokens) => !tokens.some(({ type }) => type === TOKEN_TEXT));
  const conditions = lists.map(readCondition);
  const isConditional = conditions.some((condition) => condition !== null);
  return lists.map((tokens, index) => {
    const condition = conditions[index] ?? null;
    return {
      tokens,
      accepts: condition?.accepts ?? (isConditional ? restOf(index) : bySign(index, lists.length)),
      isForOne: condition?.isForOne ?? (!isConditional && index === 2),
    };
  });
}

/** `[NatNum1]`, `[ENG]` and `[~buddhist]` are LibreOffice's; the numbers are the same without them. */
function withoutForeignModifiers(code: string): string {
  return code.replace(/\[(?![$<>=]|h+\]|m+\]|s+\])[^\]]*\]/gi, '');
}

function splitAtBreaks(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const sections: Token[][] = [[]];
  for (const token of tokens) {
    if (token.type === TOKEN_BREAK) sections.push([]);
    else sections.at(-1)?.push(token);
  }
  return sections;
}

type Condition = Pick<FormatSection, 'accepts' | 'isForOne'>;

function readCondition(tokens: readonly Token[]): Condition | null {
  const found = tokens.find(({ type }) => type === TOKEN_CONDITION);
  const [, sign, number] = /^([<>=]+)\s*(.+)$/.exec(found?.value ?? '') ?? [];
  const limit = Number(number);
  switch (sign) {
    case '=':
      return { isForOne: true, accepts: (value) => value === limit };
    case '<>':
      return { isForOne: false, accepts: (value) => value !== limit };
    case '<':
      return { isForOne: false, accepts: (value) => value < limit };
    case '<=':
      return { isForOne: false, accepts: (value) => value <= limit };
    case '>':
      return { isForOne: false, accepts: (value) => value > limit };
    case '>=':
      return { isForOne: false, accepts: (value) => value >= limit };
    default:
      return null;
  }
}

/** For a section without a condition when others have one: the first section is for numbers above zero. */
function restOf(index: number): FormatSection['accepts'] {
  return index === 0 ? (value) => value > 0 : () => true;
}

function bySign(index: number, count: number): FormatSection['accepts'] {
  if (count === 1 || index === 2) return () => true;
  if (index === 1) return (value) => value < 0;
  return count === 2 ? (value) => value >= 0 : (value) => value > 0;
}
