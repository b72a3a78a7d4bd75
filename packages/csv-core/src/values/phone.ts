import { bareText } from './bare-text.js';
import { parseCode } from './identifier.js';
import type { ValueProblem, ValueResult } from './value-result.js';

/** The shortest phone numbers, on small islands, have five digits. */
const MIN_DIGITS = 5;
/** A number is invented if its last nine digits are a pattern. The country and area codes before them may be real. */
const PATTERN_DIGITS = 9;
/** Only so many UTF-16 units are checked: more than two numbers with remarks have. */
const MAX_LENGTH = 80;
/** After a number, one of these begins an extension or a remark. */
const EXTENSION = /[ex#]/i;
/** A digit of another script. Numbers with such digits are not checked. */
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
 * A phone number as it is written, with its zeros, plus sign, brackets and extension. A number that nobody can have is
 * kept, with a warning: it has fewer than five digits, repeats one digit, counts up or down, or is from the range that
 * is reserved for fiction.
 *
 * Numbers are not checked against numbering plans. libphonenumber-js would need at least 83 kB of metadata, cannot read
 * a number without knowing its country, and refuses numbers of plans that have changed since its release.
 *
 * @returns `scientific_notation`, `control_character` as `parseCode` does; warns `fake_phone`, `lost_character`
 */
export function parsePhone(text: string): ValueResult<string> {
  const code = parseCode(text);
  if (!code.ok || code.warning || code.value === '') return code;
  const warning = findFake(code.value);
  return warning === null ? code : { ok: true, value: code.value, warning };
}

function findFake(phone: string): ValueProblem | null {
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
  /** The last seven digits as one number. */
  readonly lastSeven: number;
  /** How many digits at the end repeat one digit, count up or count down. */
  readonly run: number;
}

/** One pass that creates no string: phone numbers differ in every row, so results cannot be cached. */
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

/** In every North American area, 555-0100 to 555-0199 are reserved for fiction (NANPA, 555 line numbers). */
function isFiction({ count, first, lastSeven }: Digits): boolean {
  const isAmerican = count === 7 || (count === 10 && first > 1) || (count === 11 && first === 1);
  return isAmerican && Math.floor(lastSeven / 100) === 55_501;
}
