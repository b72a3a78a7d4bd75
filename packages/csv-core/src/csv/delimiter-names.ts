const names = new Map([
  ['comma', ','],
  ['semicolon', ';'],
  ['tab', '\t'],
  ['\\t', '\t'],
  ['pipe', '|'],
]);

/**
 * The delimiter that a person has named: the character itself, or `comma`, `semicolon`, `tab` (also `\\t`) or `pipe`,
 * which are easier to write in a URL or a shell. Null for a text that cannot be a delimiter: longer than one UTF-16
 * unit, a quote, a line end, or a control character other than the tab.
 */
export function readDelimiter(text: string): string | null {
  const delimiter = names.get(text.toLowerCase()) ?? text;
  return /^[\t\x20-\x21\x23-\x7e\u00a0-\uffff]$/.test(delimiter) ? delimiter : null;
}
