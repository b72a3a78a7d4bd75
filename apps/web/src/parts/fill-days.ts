interface Day {
  readonly day: string;
  readonly pledges: number;
}

const DAY_MS = 86_400_000;
/** More would be thinner than a pixel. */
const MAX_DAYS = 400;

/** The days from the first to the last, with those between on which nothing happened; at most the newest 400. */
export function fillDays(days: readonly Day[]): readonly Day[] {
  const pledgesOf = new Map(days.map(({ day, pledges }) => [day, pledges]));
  const sorted = [...pledgesOf.keys()].sort((a, b) => Date.parse(a) - Date.parse(b));
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (first === undefined || last === undefined) return [];
  const end = Date.parse(last);
  const start = Math.max(Date.parse(first), end - (MAX_DAYS - 1) * DAY_MS);
  const filled: Day[] = [];
  for (let at = start; at <= end; at += DAY_MS) {
    const day = new Date(at).toISOString().slice(0, 10);
    filled.push({ day, pledges: pledgesOf.get(day) ?? 0 });
  }
  return filled;
}
