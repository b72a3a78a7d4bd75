import { type IssueGroup, isAboutFiles } from '../upload/answers.js';
import type { FileNames } from './file-names.js';
import { formatCount } from './numbers.js';
import type { Section } from './section.js';
import type { Style } from './style.js';
import { renderTable } from './table.js';
import { cut, printable, wrap } from './text.js';

const MAX_GROUPS = 20;
/** Width for the name of a file. It is short because the line and the value after it matter more. */
const MAX_FILE_NAME = 24;

/** Renders issues by code and column: how many, the first one, and below it what to do. */
export function renderIssues(
  title: string,
  groups: readonly IssueGroup[],
  nameFile: FileNames,
  style: Style,
): Section {
  if (groups.length === 0) return { title, lines: [] };
  const shown = groups.slice(0, MAX_GROUPS);
  const columns = [
    { title: 'reason' },
    { title: 'column', flexible: true },
    { title: 'times', align: 'right' },
    { title: 'first seen', flexible: true },
  ] as const;
  const rows = shown.map((group) => [
    group.code,
    printable(group.column ?? (isAboutFiles(group) ? 'whole file' : 'whole row')),
    formatCount(group.count),
    exampleText(group, nameFile),
  ]);
  const [head = '', ...lines] = renderTable(columns, rows, style);
  const rest = groups.length - shown.length;
  return {
    title,
    lines: [
      head,
      ...lines.flatMap((line, at) => [line, ...adviceLines(shown[at], style)]),
      ...(rest > 0 ? [`  … and ${formatCount(rest)} more reasons`] : []),
    ],
  };
}

function exampleText({ examples }: IssueGroup, nameFile: FileNames): string {
  const first = examples[0];
  if (first === undefined) return '';
  const place = [
    ...(first.file === null ? [] : [cut(nameFile(first.file), MAX_FILE_NAME)]),
    ...(first.line === null ? [] : [`line ${first.line}`]),
  ].join(' ');
  const value = first.value === null ? '' : printable(first.value);
  return [place, value].filter((text) => text !== '').join(': ');
}

function adviceLines(group: IssueGroup | undefined, style: Style): readonly string[] {
  const message = group?.examples[0]?.message;
  if (message === undefined) return [];
  return wrap(printable(message), style.width - 4).map((line) => `    ${style.dim(line)}`);
}
