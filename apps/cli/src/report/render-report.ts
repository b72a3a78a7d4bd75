import { isAboutFiles } from '../upload/answers.js';
import type { ImportOutcome } from '../upload/import-file.js';
import { createFileNames } from './file-names.js';
import { renderAnswered } from './render-answered.js';
import { renderDates } from './render-dates.js';
import { renderFields } from './render-fields.js';
import { renderFiles } from './render-files.js';
import { renderIssues } from './render-issues.js';
import { renderNotifications } from './render-notifications.js';
import { renderRepairs } from './render-repairs.js';
import { renderPledged, renderRecords, renderUnits } from './render-statistics.js';
import { renderSummary } from './render-summary.js';
import { renderTime } from './render-time.js';
import { renderWarnings } from './render-warnings.js';
import type { Section } from './section.js';
import type { Style } from './style.js';

/** What the report says beside the import itself. */
export interface Surroundings {
  /** Where the data is. */
  readonly place: readonly string[];
  /** What to do with rejected rows: sentences and commands, which are not wrapped so that they can be pasted. */
  readonly correct: readonly string[];
}

/** Renders the report of a finished import. The text ends with a newline. */
export function renderReport(outcome: ImportOutcome, { place, correct }: Surroundings, style: Style): string {
  const { upload, issueGroups, notifications, answered } = outcome;
  const { statistics, files } = upload;
  const nameFile = createFileNames(files);
  const errors = issueGroups.filter(({ severity }) => severity === 'error');
  const first = new Set(upload.warnings.map(({ code }) => code));
  const warnings = issueGroups.filter(({ severity, code }) => severity === 'warning' && !first.has(code));
  const unread = errors.filter(isAboutFiles);
  const rejected = errors.filter((group) => !isAboutFiles(group));
  const sections: readonly Section[] = [
    renderSummary(upload, unread.length > 0, nameFile, style),
    renderWarnings(upload.warnings, style),
    renderFiles(files, nameFile, style),
    renderDates(files, nameFile, style),
    renderAnswered(answered, style),
    ...(statistics === null
      ? []
      : [
          renderRecords(statistics.upload, statistics.campaign.backersWithoutPledge, style),
          renderPledged(statistics.campaign.totals, style),
          renderUnits(statistics.campaign, style),
          renderRepairs(statistics.upload.repairs, nameFile, style),
        ]),
    renderIssues('Not read: rows may be missing', unread, nameFile, style),
    renderIssues('Rejected rows, by reason', rejected, nameFile, style),
    renderIssues('Warnings: imported, but worth a look', warnings, nameFile, style),
    { title: 'To correct rejected rows', lines: correct.map((line) => `  ${line}`) },
    renderNotifications(notifications, style),
    renderTime(upload, style),
    { title: 'Data', lines: place.flatMap((line) => renderFields([['', line]], style)) },
  ];
  return sections
    .filter(({ lines }) => lines.length > 0)
    .map(({ title, lines }) => `${style.bold(title)}\n${lines.join('\n')}\n`)
    .join('\n');
}
