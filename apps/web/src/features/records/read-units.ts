/** The most that the API takes. */
const MAX_UNITS = 2_147_483_647;

/**
 * How many units a person has written.
 *
 * @returns null for nothing, which means that nobody knows; undefined for what is no whole number of units
 */
export function readUnits(text: string): number | null | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  if (!/^\d{1,10}$/.test(trimmed)) return undefined;
  const units = Number(trimmed);
  return units > MAX_UNITS ? undefined : units;
}
