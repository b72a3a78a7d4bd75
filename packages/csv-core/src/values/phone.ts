import { bareText } from './bare-text.js';
import { parseCode } from './identifier.js';
import type { ValueProblem, ValueResult } from './value-result.js';

/** The shortest numbers that anybody ships to: five digits, on small islands. */
const MIN_DIGITS = 5;
/** Digits at the end that must be a pattern: country and area codes before them are real even in invented numbers. */
const PATTERN_DIGITS = 9;
/** Characters that are looked at, more than two numbers with remarks have. */
const MAX_LENGTH = 80;
/** Begins an extension or a remark once a number stands before it. */
const EXTENSION = /[ex#]/i;
/** Digits of other scripts are not looked into. */
const OTHER_DIGIT = /[^\P{Nd}0-9]/u;

const FAKE_PHONE: ValueProblem = {
  code: 'fake_phone',
  message: 'This looks like an invented phone number. Carriers may need a real one; ask the backer for it.',
};
const NO_PHONE: ValueProblem = {
  code: 'fake_phone',
  message: 'This is not a phone number. Carriers may need one; ask the backer for it.',
};

/**
 * A phone number: text as it is written, with its zeros, plus, brackets and extension. One that nobody can have is kept
 * and warned about: fewer than five digits, one digit over and over, digits counted up or down, or of the range for
 * films.
 *
 * There is no check against the numbering plans. libphonenumber-js would bring 83 kB of metadata at least, cannot read
 * a number without knowing its country and refuses numbers of plans that have changed since; carriers decide.
 *
 * @returns `scientific_notation`, `control_character` as `parseCode` does; warns `fake_phone`, `lost_character`
 */
export function parsePhone(text: string): ValueResult<string> {
  const code = parseCode(text);
  if (!code.ok || code.warning || code.value === '') return code;
  const warning = doubt(code.value);
  return warning === null ? code : { ok: true, value: code.value, warning };
}

function doubt(phone: string): ValueProblem | null {
  const written = bareText(phone.slice(0, MAX_LENGTH));
  const digits = countDigits(written);
  if (digits.count < MIN_DIGITS) return OTHER_DIGIT.test(written) ? null : NO_PHONE;
  const isPattern = digits.run >= Math.min(digits.count, PATTERN_DIGITS);
  const isAbroad = written.startsWith('+') && digits.first !== 1;
  return isPattern || (!isAbroad && isFiction(digits)) ? FAKE_PHONE : null;
}

interface Digits {
  readonly count: number;
  readonly first: number;
  /** As one number. */
  readonly lastSeven: number;
  /** How many digits at the end repeat one digit, count up or count down. */
  readonly run: number;
}

/** One pass without a new string: phones are among the few columns that hold another text in every row. */
function countDigits(text: string): Digits {
  let [count, first, lastSeven, previous] = [0, 0, 0, -1];
  let [same, up, down] = [0, 0, 0];
  for (let index = 0; index < text.length; index += 1) {
    const digit = text.charCodeAt(index) - 0x30;
    if (digit >= 0 && digit <= 9) {
      const step = previous < 0 ? -1 : (digit - previous + 10) % 10;
      same = step === 0 ? same + 1 : 1;
      up = step === 1 ? up + 1 : 1;
      down = step === 9 ? down + 1 : 1;
      if (count === 0) first = digit;
      lastSeven = (lastSeven * 10 + digit) % 10_000_000;
      count += 1;
      previous = digit;
    } else if (count >= MIN_DIGITS && EXTENSION.test(text.charAt(index))) break;
  }
  return { count, first, lastSeven, run: Math.max(same, up, down) };
}

/** 555-0100 to 555-0199 in any North American area are set aside for fiction (NANPA, 555 line numbers). */
function isFiction({ count, first, lastSeven }: Digits): boolean {
  const isAmerican = count === 7 || (count === 10 && first > 1) || (count === 11 && first === 1);
  return isAmerican && Math.floor(lastSeven / 100) === 55_501;
}
