/** Numbers, dates and names as people write them in a language. */
export interface Format {
  readonly language: string;
  number(value: number): string;
  percent(value: number): string;
  /** An amount of the API, such as `25.00`. Without a currency it is only a number. */
  money(amount: string, currency: string | null): string;
  bytes(count: number): string;
  /** An instant of the API, such as `2026-11-29T10:00:00Z`. */
  dateTime(instant: string): string;
  /** The day of an instant, where the person is. */
  date(instant: string): string;
  /** A day of the API, such as `2026-11-29`. */
  day(day: string): string;
  duration(seconds: number): string;
  /** The name of a country by its code. */
  country(code: string): string;
}

export function createFormat(language: string): Format {
  const numbers = new Intl.NumberFormat(language);
  const percents = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 });
  const times = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  const dates = new Intl.DateTimeFormat(language, { dateStyle: 'medium' });
  const days = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' });
  const countries = new Intl.DisplayNames([language], { type: 'region', fallback: 'code' });
  return {
    language,
    number: (value) => numbers.format(value),
    percent: (value) => percents.format(value),
    money: (amount, currency) => formatMoney(language, amount, currency),
    bytes: (count) => formatBytes(language, count),
    dateTime: (instant) => times.format(new Date(instant)),
    date: (instant) => dates.format(new Date(instant)),
    day: (day) => days.format(new Date(`${day}T00:00:00Z`)),
    duration: (seconds) => formatDuration(language, seconds),
    country: (code) => (/^[A-Z]{2}$/.test(code) ? (countries.of(code) ?? code) : code),
  };
}

/** `Intl` takes the text of an amount as it is, so no cent is lost on the way through a number. */
function formatMoney(language: string, amount: string, currency: string | null): string {
  if (!isDecimal(amount)) return currency === null ? amount : `${amount} ${currency}`;
  const decimals = amount.split('.')[1]?.length ?? 0;
  const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  const style = currency === null ? {} : ({ style: 'currency', currency } as const);
  return new Intl.NumberFormat(language, { ...style, ...digits }).format(amount);
}

function isDecimal(amount: string): amount is Intl.StringNumericLiteral {
  return /^-?\d+(?:\.\d+)?$/.test(amount);
}

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

function formatBytes(language: string, count: number): string {
  const step = Math.min(Math.floor(Math.log10(Math.max(count, 1)) / 3), units.length - 1);
  const options = {
    style: 'unit',
    unit: units[step],
    unitDisplay: step === 0 ? 'long' : 'short',
    maximumFractionDigits: step < 2 ? 0 : 1,
  } as const;
  return new Intl.NumberFormat(language, options).format(count / 1_000 ** step);
}

function formatDuration(language: string, seconds: number): string {
  const write = (value: number, unit: string) =>
    new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(value);
  if (seconds < 90) return write(Math.max(1, Math.round(seconds)), 'second');
  if (seconds < 5_400) return write(Math.round(seconds / 60), 'minute');
  return write(Math.round(seconds / 3_600), 'hour');
}
