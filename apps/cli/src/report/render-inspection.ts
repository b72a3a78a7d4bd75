import type { Inspection, Schemas } from '@pledgeline/client/node';
import { fileFormatText } from './file-format-text.js';
import { nameList } from './name-list.js';
import { formatCount } from './numbers.js';
import { platformTitle } from './platform-title.js';
import { renderFields } from './render-fields.js';
import type { Style } from './style.js';
import { printable } from './text.js';

type InspectedFile = Schemas['InspectedFile'];
type SkippedFile = Schemas['SkippedFile'];
type Field = readonly [label: string, text: string];

/** How many issues of a file are shown. */
const MAX_ISSUES = 5;

/** Whether a file would be imported as it is. One that holds no table for sure is no obstacle. */
export function isReadable(file: InspectedFile | SkippedFile): boolean {
  if ('skipped' in file) return !file.mayHoldRows;
  return file.platform !== null && file.questions.length === 0;
}

/** Renders what each file would become. The text ends with a newline. */
export function renderInspection(
  { files, hasMoreFiles, isCut }: Inspection,
  name: string,
  style: Style,
): string {
  const sections = files.map((file) => {
    const fields = 'skipped' in file ? skippedFields(file) : fileFields(file, isCut);
    return `${style.bold(printable(file.name ?? name))}\n${renderFields(fields, style).join('\n')}\n`;
  });
  const more = hasMoreFiles ? ['There are more files in it.\n'] : [];
  return [...sections, ...more].join('\n');
}

function skippedFields({ skipped, issues }: SkippedFile): readonly Field[] {
  return [['Not read', printable(skipped)], ...issueFields(issues)];
}

function fileFields(file: InspectedFile, isCut: boolean): readonly Field[] {
  const { platform, detection, headers, rowsSeen, records, repairs, questions, assumptions, issues } = file;
  const suggested = file.suggestion === null ? [] : suggestionFields(file.suggestion);
  const percent = platform === null ? '' : `, confidence ${Math.round(detection.confidence * 100)} %`;
  const first = records[0];
  return [
    ['Platform', `${platformTitle(platform)}${percent}`],
    ...detection.reasons.map((reason): Field => ['', `· ${printable(reason)}`]),
    ['Read as', fileFormatText(file, 'a guess')],
    ['Columns', nameList(headers)],
    ...(detection.missingColumns.length > 0
      ? [['Missing', nameList(detection.missingColumns)] as const]
      : []),
    ...suggested,
    ['Rows seen', `${formatCount(rowsSeen)}${isCut || file.hasMore ? ', and there are more' : ''}`],
    ...(first === undefined ? [] : [['First', recordText(first)] as const]),
    ...repairs.map(
      (repair): Field => [
        'Repaired',
        `${printable(repair.column)}: ${repair.kind}, ${formatCount(repair.count)} cells`,
      ],
    ),
    ...questions.map(({ message }): Field => ['Question', printable(message)]),
    ...assumptions.map(({ message }): Field => ['Assumed', printable(message)]),
    ...issueFields(issues),
  ];
}

function suggestionFields({ columns }: Schemas['MappingSuggestion']): readonly Field[] {
  return columns.map(
    ({ header, as, reason }): Field => ['Suggested', `${printable(header)} → ${as}: ${printable(reason)}`],
  );
}

function recordText({ line, backer, pledge }: Schemas['MappedRecord']): string {
  const who = [backer.name, backer.email].flatMap((text) => (text === null ? [] : [printable(text)]));
  const what =
    pledge === null
      ? []
      : [`pledge ${printable(pledge.externalId)}`, `${pledge.amount ?? '?'} ${pledge.currency ?? ''}`.trim()];
  return `line ${line}: ${[...who, ...what].join(', ')}`;
}

function issueFields(issues: readonly Schemas['Issue'][]): readonly Field[] {
  const shown = issues
    .slice(0, MAX_ISSUES)
    .map(
      ({ severity, code, line, message }): Field => [
        severity === 'error' ? 'Error' : 'Warning',
        `${code}${line === null ? '' : ` in line ${line}`}: ${printable(message)}`,
      ],
    );
  const rest = issues.length - shown.length;
  return rest > 0 ? [...shown, ['', `… and ${formatCount(rest)} more issues`]] : shown;
}
