/**
 * Undoes the escapes of ST_Xstring (ECMA-376 part 1, 22.9.2.19): "_x000D_" is a carriage return, and "_x005F_"
 * the underscore of a text that looks like an escape.
 */
export function unescapeString(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_escape, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

/**
 * Copies a text. Strings from the XML parser are slices of a whole piece and would keep that piece in memory. Halves of
 * surrogate pairs become U+FFFD.
 */
export function detach(text: string): string {
  // V8 copies shorter strings by itself (SlicedString::kMinLength).
  return text.length < 13 ? text : Buffer.from(text).toString();
}
