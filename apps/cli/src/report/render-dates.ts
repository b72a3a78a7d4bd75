import type { DateOrderFinding, UploadedFile } from '../upload/file-answer.js';
import type { FileNames } from './file-names.js';
import { formatCount } from './numbers.js';
import { platformTitle } from './platform-title.js';
import { renderFields } from './render-fields.js';
import type { Section } from './section.js';
import type { Style } from './style.js';
import { cut, printable } from './text.js';

/** Columns whose dates are read in the same way for the same reason. */
interface Verdict {
  readonly finding: DateOrderFinding;
  readonly platform: string | null;
  readonly headers: Set<string>;
  readonly files: Set<UploadedFile>;
  ambiguous: number;
}

/** Renders how dates such as 03/04/2024 were read, and why; nothing when the file has none. */
export function renderDates(files: readonly UploadedFile[], nameFile: FileNames, style: Style): Section {
  // In a file that was not recognised it is unknown which columns hold dates.
  const mapped = files.filter(({ skipped, platform }) => skipped === null && platform !== null);
  const fields = gatherVerdicts(mapped).map(
    (verdict) => ['', `· ${whereText(verdict, mapped.length, nameFile)}: ${verdictText(verdict)}.`] as const,
  );
  return { title: 'Dates', lines: renderFields(fields, style) };
}

function gatherVerdicts(files: readonly UploadedFile[]): readonly Verdict[] {
  const verdicts = new Map<string, Verdict>();
  for (const file of files) {
    const { platform } = file;
    for (const finding of file.dateOrders ?? []) {
      if (finding.ambiguous === 0 && !finding.conflicting) continue;
      const key = JSON.stringify([finding.order, finding.source, finding.conflicting, platform]);
      const verdict = verdicts.get(key) ?? newVerdict(finding, platform);
      verdict.headers.add(finding.header || `Column ${finding.position + 1}`);
      verdict.files.add(file);
      verdict.ambiguous += finding.ambiguous;
      verdicts.set(key, verdict);
    }
  }
  return [...verdicts.values()];
}

function newVerdict(finding: DateOrderFinding, platform: string | null): Verdict {
  return { finding, platform, headers: new Set(), files: new Set(), ambiguous: 0 };
}

const MAX_HEADERS = 100;

function whereText({ headers, files }: Verdict, fileCount: number, nameFile: FileNames): string {
  const columns = cut([...headers].map(printable).join(', '), MAX_HEADERS);
  const [only, ...others] = files;
  if (files.size === fileCount || only === undefined) return columns;
  return others.length === 0
    ? `${columns} in "${nameFile(only.name ?? '')}"`
    : `${columns} in ${formatCount(files.size)} files`;
}

const readings = {
  dmy: '03/04/2024 is read as 3 April (day first)',
  mdy: '03/04/2024 is read as March 4 (month first)',
};

function verdictText({ finding: { order, source, conflicting }, platform, ambiguous }: Verdict): string {
  if (order !== null) {
    const reason = reasonText(source, platform);
    const rest = conflicting ? `; but ${MIXED}` : `; ${countDates(ambiguous)} could be either`;
    return `${readings[order]}${reason}${rest}`;
  }
  const rejected = `${countDates(ambiguous)} that could be either ${ambiguous === 1 ? 'is' : 'are'} rejected`;
  if (!conflicting) {
    return `nothing tells whether 03/04/2024 is 3 April or March 4, so ${rejected}. Say it with --date-order dmy (day first) or mdy (month first)`;
  }
  return ambiguous === 0 ? MIXED : `${MIXED}, so ${rejected}. Write them all like 2024-04-03`;
}

const MIXED = 'some dates begin with the day (27/04/2024), others with the month (04/27/2024)';

function reasonText(source: string, platform: string | null): string {
  if (source === 'requested') return ', as --date-order says';
  if (source === 'evidence') return ', as other dates of the column prove';
  return source === 'platform' ? `, as ${platformTitle(platform)} writes it` : '';
}

function countDates(count: number): string {
  return count === 1 ? '1 date' : `${formatCount(count)} dates`;
}
