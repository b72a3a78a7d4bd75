import { format } from 'numfmt';

/**
 * What a number format shows of a number, or null when the library has no answer: it knows no Hijri month for day 60,
 * for one, and throws.
 */
export function tryFormat(code: string, value: number): string | null {
  try {
    return format(code, value).trim();
  } catch {
    return null;
  }
}
