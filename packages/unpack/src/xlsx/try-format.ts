import { format } from 'numfmt';

/**
 * Formats a number, or returns null when the library cannot. It throws, for example, for the Hijri month of day 60,
 * which it does not know.
 */
export function tryFormat(code: string, value: number): string | null {
  try {
    return format(code, value).trim();
  } catch {
    return null;
  }
}
