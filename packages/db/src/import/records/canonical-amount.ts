/** Two decimals and no needless zero before them: nearly every amount. */
const USUAL = /^(?:0|[1-9]\d*)\.\d\d$/;

/**
 * `12.5` → `12.5000`, `-0` → `0.0000`: amounts as `numeric(19,4)` prints them, so that what is stored and what
 * comes in can be compared as texts.
 */
export function canonicalAmount(amount: string): string {
  if (USUAL.test(amount)) return `${amount}00`;
  const negative = amount.startsWith('-');
  const [whole = '0', fraction = ''] = (negative ? amount.slice(1) : amount).split('.');
  const digits = `${whole.replace(/^0+(?=\d)/, '')}.${fraction.padEnd(4, '0')}`;
  return negative && /[1-9]/.test(digits) ? `-${digits}` : digits;
}
