import type { ImportOutcome } from '../upload/import-file.js';
import { createFileNames } from './file-names.js';
import { renderDates } from './render-dates.js';
import { renderFields } from './render-fields.js';
import { renderFiles } from './render-files.js';
import { renderIssues } from './render-issues.js';
import { renderNotifications } from './render-notifications.js';
import { renderPledged, renderRecords, renderUnits } from './render-statistics.js';
import { renderSummary } from './render-summary.js';
import { renderTime } from './render-time.js';
import type { Section } from './section.js';
import type { Style } from './style.js';

/** The report of a finished import as text, with a line break at its end. `place` says where the data is. */
export function renderReport(outcome: ImportOutcome, place: readonly string[], style: Style): string {
  const { upload, issueGroups, notifications } = outcome;
  const { statistics, files } = upload;
  const nameFile = createFileNames(files);
  const sections: readonly Section[] = [
    renderSummary(upload, nameFile, style),
    renderFiles(files, nameFile, style),
    renderDates(files, nameFile, style),
    ...(statistics === null
      ? []
      : [
          renderRecords(statistics.records, statistics.backersWithoutPledge, style),
          renderPledged(statistics.totals, style),
          renderUnits(statistics.units, style),
        ]),
    renderIssues('Rejected rows, by reason', 'error', issueGroups, nameFile, style),
    renderIssues('Warnings: imported, but worth a look', 'warning', issueGroups, nameFile, style),
    renderNotifications(notifications, style),
    renderTime(upload, style),
    { title: 'Data', lines: place.flatMap((line) => renderFields([['', line]], style)) },
  ];
  return sections
    .filter(({ lines }) => lines.length > 0)
    .map(({ title, lines }) => `${style.bold(title)}\n${lines.join('\n')}\n`)
    .join('\n');
}
