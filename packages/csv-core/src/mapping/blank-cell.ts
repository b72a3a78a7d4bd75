/** `=""` is a blank cell in a spreadsheet guard: Indiegogo writes one for a postal code that nobody gave. */
export function isBlankCell(text: string): boolean {
  if (text === '') return true;
  // Nearly every filled cell is told by its first character: visible ASCII other than `=`.
  const first = text.charCodeAt(0);
  if (first > 0x20 && first < 0x7f && first !== 0x3d) return false;
  const trimmed = text.trim();
  return trimmed === '' || trimmed === '=""';
}
