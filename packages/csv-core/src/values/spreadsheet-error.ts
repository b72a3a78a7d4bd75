/** The errors of Excel, LibreOffice and Google Sheets, in the languages of their menus. */
const ERRORS = new Set([
  // English
  ...[
    '#REF!',
    '#N/A',
    '#VALUE!',
    '#NAME?',
    '#DIV/0!',
    '#NUM!',
    '#NULL!',
    '#SPILL!',
    '#CALC!',
    '#FIELD!',
    '#BLOCKED!',
  ],
  ...['#CONNECT!', '#UNKNOWN!', '#BUSY!', '#GETTING_DATA', '#ERROR!', '#PYTHON!', '#EXTERNAL!'],
  // German
  ...['#BEZUG!', '#NV', '#WERT!', '#ZAHL!', '#ÜBERLAUF!', '#KALK!'],
  // French
  ...['#VALEUR!', '#NOM?', '#NOMBRE!', '#NUL!', '#PROPAGATION!'],
  // Spanish and Portuguese
  ...[
    '#¡REF!',
    '#¡VALOR!',
    '#¿NOMBRE?',
    '#¡DIV/0!',
    '#¡NUM!',
    '#¡NULO!',
    '#N/D',
    '#VALOR!',
    '#NOME?',
    '#NÚM!',
    '#NULO!',
  ],
  // Italian, Dutch, Polish, Swedish
  ...['#RIF!', '#VALORE!', '#NUM.', '#VERW!', '#N/B', '#WAARDE!', '#NAAM?', '#DEEL/0!', '#GETAL!', '#LEEG!'],
  ...[
    '#ADR!',
    '#ARG!',
    '#NAZWA?',
    '#LICZBA!',
    '#DZIEL/0!',
    '#ZERO!',
    '#REFERENS!',
    '#SAKNAS!',
    '#VÄRDEFEL!',
    '#NAMN?',
  ],
]);

/** What LibreOffice writes: `Err:508`. */
const NUMBERED = /^Err:\d{3}$/;
/** What stands in a column that is too narrow for its numbers. */
const TOO_NARROW = /^#{4,}$/;
const MAX_LENGTH = 60;

/** Whether a spreadsheet wrote an error, or the marks of a column that is too narrow, in place of a value. */
export function isSpreadsheetError(cell: string): boolean {
  const first = cell.charCodeAt(0);
  if ((first !== 0x23 && first !== 0x45) || cell.length > MAX_LENGTH) return false;
  return ERRORS.has(cell) || ERRORS.has(cell.toUpperCase()) || TOO_NARROW.test(cell) || NUMBERED.test(cell);
}
