import type { Repair } from '../upload/answers.js';
import type { FileNames } from './file-names.js';
import { formatCount } from './numbers.js';
import { renderFields } from './render-fields.js';
import type { Section } from './section.js';
import type { Style } from './style.js';
import { cut, printable } from './text.js';

const MAX_LINES = 10;
const MAX_CELL = 40;

const kinds: Readonly<Record<string, string>> = {
  decoded_twice: 'decoded twice',
  html_entities: 'escaped for a web page',
  formula_guard: 'guarded from being a formula',
  decimal_id: 'number written as a decimal',
  cut_postal_code: 'postal code without its zeros',
  email_debris: 'characters around an e-mail address',
  null_word: 'word for a missing value',
  spreadsheet_error: 'error of a spreadsheet',
};

/** Renders what other programs damaged, how often, and what was made of it; nothing where no cell was damaged. */
export function renderRepairs(repairs: readonly Repair[], nameFile: FileNames, style: Style): Section {
  const shown = repairs.slice(0, MAX_LINES).map((repair) => `· ${describeRepair(repair, nameFile)}`);
  const left = repairs.length - shown.length;
  const lines = left > 0 ? [...shown, `· ${formatCount(left)} more`] : shown;
  return {
    title: 'Damage by other programs',
    lines: renderFields(
      lines.map((line) => ['', line] as const),
      style,
    ),
  };
}

function describeRepair(
  { file, column, kind, repaired, count, examples }: Repair,
  nameFile: FileNames,
): string {
  const place = file === null ? '' : ` in "${nameFile(file)}"`;
  const [example] = examples;
  const result = repaired ? '' : ', kept as it is';
  return `${printable(column)}${place}: ${kinds[kind] ?? kind}, ${formatCount(count)} ${count === 1 ? 'cell' : 'cells'}${result}${example === undefined ? '' : `; such as ${shownExample(example, repaired)}`}`;
}

function shownExample({ before, after }: Repair['examples'][number], repaired: boolean): string {
  const quoted = (text: string) => `"${cut(printable(text), MAX_CELL)}"`;
  if (!repaired) return quoted(before);
  return `${quoted(before)}, read as ${after === null ? 'blank' : quoted(after)}`;
}
