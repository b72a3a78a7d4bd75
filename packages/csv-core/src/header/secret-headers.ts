/**
 * Patterns for columns that must never be stored, on any platform. They are matched with the normalised header, and
 * with its words alone (`PayPal transaction-token` and `PaypalTransactionToken` are the same three words).
 */
export const commonSecrets: readonly RegExp[] = [
  // Payment and access tokens. `Tokens` and `Token Box` are products.
  /\b(?:access|api|auth|bearer|card|charge|csrf|customer|oauth|payment|paypal|refresh|secret|security|session|stripe|transaction) token\b/,
  /\b(?:api|secret|private|license|licence) key\b/,
  /\bpassword\b/,
  // Links that let their holder act as the backer.
  /\b(?:access|edit|invite|invitation|login|magic|manage|order status|pledge manager|reset|survey|unsubscribe) ?(?:url|link)s?\b/,
  /\bunique (?:\w+ )*(?:url|link)s?\b/,
  // Payment cards. `Card Game` and `Discard Pile` are products.
  /\bcard (?:number|no|nr|last ?(?:4|four)|id|fingerprint|brand|funding|exp|expiry|expiration|cvc|cvv|avs|address|issuer?|tokenization|holder)\b/,
  /\b(?:credit|debit|payment|bank) ?card\b/,
  /\b(?:cardholder|cvc|cvv)\b/,
  /\blast (?:4|four)(?: digits)?\b/,
  /\b(?:iban|swift code|sort code|routing number|bank account)\b/,
  /\b(?:kreditkarten?|kartennummer|karten nr|prüfziffer|carte (?:bancaire|bleue|de crédit)|(?:numéro|n°) (?:de )?carte|(?:número|num|nº) (?:de )?tarjeta|tarjeta de crédito|numero (?:di )?carta|carta di credito|cartão de crédito|número do cartão|kaartnummer|numer karty)/u,
  // These scripts write no blanks between words.
  /カード番号|卡号|卡號|카드번호|マイナンバー|身份证|身分證|주민등록번호/u,
  // Tax and identity numbers, but not amounts of tax.
  /\b(?:cpf|cnpj|ssn|dni|nif|codice fiscale|partita iva|social security)\b/,
  /\b(?:tax|vat|gst|fiscal|national|personal) (?:id|ids|identification|identifier|number|no|nr|registration)\b/,
  /\b(?:tax|vat) ?ids?\b/,
  /\b(?:steuer ?(?:nummer|nr|id)|steueridentifikationsnummer|ust ?id ?(?:nr|nummer)?|umsatzsteuer ?id|numéro fiscal|numéro de tva|número fiscal|codice iva|btw ?nummer|numer nip|pesel)/u,
  /\bpassport (?:number|no|nr|id)\b/,
  // Addresses and browsers of backers.
  /\bip ?(?:address(?:es)?|adressen?|adres)\b/,
  /\b(?:adresse|dirección|direccion|indirizzo|endereço|endereco|adres) ip\b/,
  /\b(?:browser|buyer|client|customer|last|login|order|remote|user|visitor) ip\b/,
  /(?:^|[ _])ip$/,
  /\buser ?agent\b/,
];

/**
 * Whether the cells of a column must be blanked before a row is kept anywhere.
 *
 * @param key the normalised header
 * @param header the header as the file writes it, because only its capitals may separate its words
 */
export function isSecretHeader(key: string, header: string, secrets: readonly RegExp[]): boolean {
  const isSecret = matcherOf(secrets);
  if (isSecret(key)) return true;
  if (!hasOnlyWords.test(key) && isSecret(wordsOf(key))) return true;
  return hasInnerCapital.test(header) && isSecret(wordsOf(splitCapitals(header).toLowerCase()));
}

const matchers = new WeakMap<readonly RegExp[], (text: string) => boolean>();

/** Joins the patterns into one, because detection tests every column of every file. */
function matcherOf(secrets: readonly RegExp[]): (text: string) => boolean {
  const before = matchers.get(secrets);
  if (before !== undefined) return before;
  const byFlags = new Map<string, string[]>();
  for (const { source, flags } of secrets) byFlags.set(flags, [...(byFlags.get(flags) ?? []), source]);
  const patterns = [...byFlags].map(([flags, sources]) => new RegExp(`(?:${sources.join(')|(?:')})`, flags));
  const matcher = (text: string) => patterns.some((pattern) => pattern.test(text));
  matchers.set(secrets, matcher);
  return matcher;
}

const hasOnlyWords = /^[a-z0-9 ]*$/;
const hasInnerCapital = /[\p{Ll}\d]\p{Lu}|\p{Lu}\p{Lu}\p{Ll}/u;

/** Patterns that know the letters of all scripts take twice as long as those of ASCII. */
const isAscii = /^[\0-\x7f]*$/;

/** The words of a text in lower case, separated by single blanks. */
function wordsOf(text: string): string {
  return text.replace(isAscii.test(text) ? /[^a-z0-9]+/g : /[^\p{L}\p{N}]+/gu, ' ').trim();
}

/** Splits words at capitals: `customerIPAddress` becomes `customer IP Address`. */
function splitCapitals(header: string): string {
  return header.replace(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2').replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2');
}
