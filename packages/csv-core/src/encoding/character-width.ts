/**
 * Bytes in a character of one of the encodings from before Unicode, by its first two bytes; 1 for a byte that begins
 * none. Source: the decoders of the WHATWG Encoding Standard.
 *
 * @param encoding WHATWG name; one that is not known here has one byte per character
 */
export function characterWidth(encoding: string, first: number, second: number): number {
  if (first < 0x80) return 1;
  switch (encoding) {
    case 'shift_jis':
      return (first >= 0x81 && first <= 0x9f) || (first >= 0xe0 && first <= 0xfc) ? 2 : 1;
    case 'big5':
    case 'euc-kr':
      return first >= 0x81 && first <= 0xfe ? 2 : 1;
    case 'gbk':
    case 'gb18030':
      if (first === 0x80 || first === 0xff) return 1;
      return second >= 0x30 && second <= 0x39 ? 4 : 2;
    case 'euc-jp':
      if (first === 0x8f) return 3;
      return first === 0x8e || (first >= 0xa1 && first <= 0xfe) ? 2 : 1;
    default:
      return 1;
  }
}
