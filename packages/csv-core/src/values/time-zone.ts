/**
 * Hours east of UTC of the zones whose names programs write. Names that several countries use for different zones
 * (`IST`) are left out, except those of the American zones, which are standard in mail (RFC 822).
 */
const HOURS: Readonly<Record<string, number>> = {
  Z: 0,
  UTC: 0,
  GMT: 0,
  WET: 0,
  BST: 1,
  WEST: 1,
  CET: 1,
  MEZ: 1,
  CEST: 2,
  MESZ: 2,
  EET: 2,
  EEST: 3,
  MSK: 3,
  HKT: 8,
  SGT: 8,
  AWST: 8,
  JST: 9,
  KST: 9,
  ACST: 9.5,
  AEST: 10,
  ACDT: 10.5,
  AEDT: 11,
  NZST: 12,
  NZDT: 13,
  NDT: -2.5,
  ADT: -3,
  NST: -3.5,
  AST: -4,
  EDT: -4,
  EST: -5,
  CDT: -5,
  CST: -6,
  MDT: -6,
  MST: -7,
  PDT: -7,
  PST: -8,
  AKDT: -8,
  AKST: -9,
  HST: -10,
};

/**
 * Minutes east of UTC of an offset (`+hh`, `+hhmm`, `+hh:mm`) or of a named zone (`PST`, `Europe/Berlin`).
 *
 * @param local the local time as if it were UTC, in milliseconds: places have other offsets in summer
 * @returns null for an offset that no place has and for an unknown name
 */
export function zoneMinutes(zone: string, local: number): number | null {
  if (zone.startsWith('+') || zone.startsWith('-')) return offsetMinutes(zone);
  if (zone.includes('/')) return placeMinutes(zone, local);
  const hours = HOURS[zone.toUpperCase()];
  return hours === undefined ? null : hours * 60;
}

function offsetMinutes(offset: string): number | null {
  const hours = Number(offset.slice(1, 3));
  const minutes = Number(offset.slice(3).replace(':', ''));
  if (hours > 14 || minutes > 59) return null;
  return (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

function placeMinutes(place: string, local: number): number | null {
  try {
    const format = new Intl.DateTimeFormat('en-US', { timeZone: place, timeZoneName: 'longOffset' });
    const name = format.formatToParts(local).find(({ type }) => type === 'timeZoneName')?.value ?? '';
    return name === 'GMT' ? 0 : offsetMinutes(name.replace('GMT', ''));
  } catch {
    return null;
  }
}
