import { decimalsOf } from './currency.js';

/**
 * Writes an amount as all answers do: decimal text with the digits of its currency (ISO 4217), two where it is not known,
 * and with more where the amount has them. `25.5` of EUR is `25.50`, `128.0000` of JPY is `128`.
 *
 * @param amount decimal text with any number of decimals
 */
export function formatAmount(amount: string, currency: string | null): string {
  const [whole = '0', fraction = ''] = amount.split('.');
  const decimals = fraction.replace(/0+$/, '').padEnd(decimalsOf(currency), '0');
  return decimals === '' ? whole : `${whole}.${decimals}`;
}
