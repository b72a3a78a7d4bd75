import { z } from 'zod';
import { cursorParameter as cursorOf } from './answers/cursor.js';
import { wrongParameters } from './contract/wrong-input.js';

/**
 * Validates parameters that a route cannot declare: those that may also be fields of a form, and headers.
 *
 * @throws Problem `invalid_request` that names every wrong parameter, and what it must be
 */
export function readQuery<Schema extends z.ZodObject>(schema: Schema, query: unknown): z.output<Schema> {
  const parsed = schema.safeParse(query);
  if (parsed.success) return parsed.data;
  throw wrongParameters(parsed.error, schema);
}

/** They turn the text around them, so that a name looks like another one. */
const DIRECTION_MARKS = /\p{Bidi_Control}/gu;

/**
 * A text without the control characters of Unicode (category Cc). Written as ranges: the contract shows it to programs of other
 * languages, and those that read it without the flag `u` take `\P{Cc}` for letters.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it refuses.
export const withoutControls = /^[^\u0000-\u001f\u007f-\u009f]*$/u;

/** One line of text, for names, without marks that turn its direction. Control characters are refused, U+0000 among them, which Postgres cannot store. */
export const lineParameter = (maxLength: number) =>
  z
    .string({ error: ({ input }) => notALine(input) })
    .overwrite((text) => text.replace(DIRECTION_MARKS, ''))
    .trim()
    .min(1, 'must not be blank')
    .max(maxLength, `must not be longer than ${maxLength} characters`)
    .regex(withoutControls, 'must not hold control characters');

/** A parameter that comes twice is a list; the member of a body may be anything. */
function notALine(input: unknown): string {
  if (input === undefined) return 'must be given';
  return Array.isArray(input) ? 'give it once' : 'must be text';
}

/** Any UUID, whatever its version. */
export const idParameter = z.guid('must be an id as answers give it');

/** The cursor of a list that is sorted by ids. */
export const idCursorParameter = cursorOf(idParameter);

/** The cursor of a list of records: the id of its last entry on the page before. */
export const cursorParameter = idParameter.describe('The `next` of the page before.');

/** An id in a path; null for a text that is no id, so that it is answered like an id of nothing. */
export const idInPath = z
  .string()
  .transform((text) => idParameter.safeParse(text).data ?? null)
  .meta({ format: 'uuid' });

/** How many entries a page has. */
export const limitParameter = (max: number) =>
  z.coerce
    .number(`must be a number from 1 to ${max}`)
    .int(`must be a whole number from 1 to ${max}`)
    .min(1, `must be a number from 1 to ${max}`)
    .max(max, `must be a number from 1 to ${max}`)
    .default(50)
    .describe('How many entries at most.');

/** Says in the contract what `severalParameter` takes, because a text with commas cannot be an enum. */
export const severalOf = (values: readonly string[]): string =>
  `One or several, with commas: ${values.map((value) => `\`${value}\``).join(', ')}.`;

/** One or several values, with commas between them. */
export function severalParameter<Value extends string>(values: readonly Value[], noun: string) {
  const schema = z.enum(values);
  return z
    .string('give it once, with commas between several values')
    .transform((text, context): readonly Value[] => {
      const parsed = z.array(schema).safeParse(text.split(',').map((each) => each.trim()));
      if (parsed.success) return [...new Set(parsed.data)];
      context.addIssue(`must be ${noun}, or several with commas between them: ${values.join(', ')}`);
      return z.NEVER;
    });
}
