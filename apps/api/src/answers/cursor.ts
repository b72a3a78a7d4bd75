import type { PageStart } from '@pledgeline/db';
import { z } from 'zod';

const message = 'must be the "next" or "previous" of another page of this list';

/** Writes where another page begins, as an opaque text. Its key may be anything that JSON can hold. */
export function writeCursor({ side, key }: PageStart<unknown>): string {
  return Buffer.from(JSON.stringify([side === 'after' ? 1 : -1, key])).toString('base64url');
}

/**
 * The parameter `cursor` of a list: the text that {@link writeCursor} made, as the start of a page.
 *
 * @param key the schema of the keys of this list; a cursor of another list should not fit it
 */
export function cursorParameter<Key>(key: z.ZodType<Key>) {
  const written = z.tuple([z.union([z.literal(1), z.literal(-1)]), key]);
  return z
    .string(message)
    .max(MAX_LENGTH, message)
    .transform((text, context): PageStart<Key> => {
      const parsed = written.safeParse(readJson(text));
      if (!parsed.success) {
        context.addIssue(message);
        return z.NEVER;
      }
      const [side, found] = parsed.data;
      return { side: side === 1 ? 'after' : 'before', key: found };
    })
    .optional()
    .describe('The `next` or `previous` of another page, with the same filters.');
}

/** A key may hold a name of 200 characters, each of four bytes. */
const MAX_LENGTH = 4_000;

/** Undefined for a text that nobody wrote here. */
function readJson(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}

/** The cursors of a page, as every list answers them. */
export const cursorMembers = {
  next: z
    .string()
    .nullable()
    .meta({ description: 'Sent as `cursor`, it leads to the next page; null on the last one.' }),
  previous: z
    .string()
    .nullable()
    .meta({ description: 'Sent as `cursor`, it leads to the page before; null on the first one.' }),
};
