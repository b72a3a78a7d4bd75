/**
 * Whether a cell is blank. Also `=""`, a blank cell in a spreadsheet guard: Indiegogo writes it for a missing postal
 * code.
 */
export function isBlankCell(text: string): boolean {
  if (text === '') return true;
  // Nearly every filled cell begins with visible ASCII other than `=`, and needs no further check.
  const first = text.charCodeAt(0);
  if (first > 0x20 && first < 0x7f && first !== 0x3d) return false;
  const trimmed = text.trim();
  return trimmed === '' || trimmed === '=""';
}
