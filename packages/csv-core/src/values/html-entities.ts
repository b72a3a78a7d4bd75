const LATIN_1 =
  'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml';

const OTHERS: Readonly<Record<string, string>> = {
  ...{ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", AMP: '&', LT: '<', GT: '>', QUOT: '"' },
  ...{
    OElig: 'Œ',
    oelig: 'œ',
    Scaron: 'Š',
    scaron: 'š',
    Yuml: 'Ÿ',
    Zcaron: 'Ž',
    zcaron: 'ž',
    Ccaron: 'Č',
    ccaron: 'č',
  },
  ...{ ndash: '–', mdash: '—', lsquo: '‘', rsquo: '’', sbquo: '‚', ldquo: '“', rdquo: '”', bdquo: '„' },
  ...{ lsaquo: '‹', rsaquo: '›', hellip: '…', bull: '•', dagger: '†', euro: '€', trade: '™', minus: '−' },
  ...{
    ensp: ' ',
    emsp: ' ',
    thinsp: ' ',
    lrm: '',
    rlm: '',
    zwj: '\u200d',
    zwnj: '\u200c',
    hearts: '♥',
    infin: '∞',
  },
};

const NAMED: ReadonlyMap<string, string> = new Map([
  ...LATIN_1.split(' ').map((name, index): [string, string] => [name, String.fromCharCode(0xa0 + index)]),
  ...Object.entries(OTHERS),
  // A blank that may not break a line is a blank.
  ['nbsp', ' '],
]);

const ENTITY = /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z][A-Za-z0-9]{1,9}));/g;
/** `&amp;amp;amp;` is text that three programs escaped. */
const MAX_PASSES = 4;

/**
 * The text with its HTML entities resolved, also where several programs escaped it: `Salt &amp;amp; Pepper`. Without
 * the semicolon nothing is an entity, because links have `&copy=2`.
 */
export function resolveEntities(text: string): string {
  let before = text;
  for (let pass = 0; pass < MAX_PASSES && before.includes('&'); pass += 1) {
    const after = before.replace(ENTITY, resolveOne);
    if (after === before) break;
    before = after;
  }
  return before;
}

function resolveOne(whole: string, decimal?: string, hex?: string, name?: string): string {
  if (name !== undefined) return NAMED.get(name) ?? whole;
  const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
  // Windows-1252 numbers, which browsers read as the characters that were meant.
  if (code >= 0x80 && code < 0xa0) return WINDOWS_NUMBERS.charAt(code - 0x80).trim() || whole;
  if (code === 0xa0) return ' ';
  return isCharacter(code) ? String.fromCodePoint(code) : whole;
}

const WINDOWS_NUMBERS = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ';

function isCharacter(code: number): boolean {
  if (code < 0x20) return code === 0x09 || code === 0x0a || code === 0x0d;
  return code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
}
