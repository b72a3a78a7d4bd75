import { shownText } from '@pledgeline/csv-core';
import type { EndpointFacts, NotificationFacts, UploadFacts } from './facts.js';

/** The text of a message. */
export interface NotificationWords {
  /** What happened, as one line. */
  readonly title: string;
  /** The numbers, why, and what to do next: one sentence or two each. */
  readonly sentences: readonly string[];
}

export interface WordingOptions {
  /** How counts are written; by default as in 12,345. */
  readonly formatCount?: (count: number) => string;
}

const english = new Intl.NumberFormat('en-US');

/** Writes the text of a message: what happened, the numbers of the report, and what to do next. */
export function describeNotification(
  facts: NotificationFacts,
  { formatCount = (count) => english.format(count) }: WordingOptions = {},
): NotificationWords {
  return facts.kind === 'endpoint' ? describeEndpoint(facts) : describeUpload(facts, formatCount);
}

/** The words in one line, whatever the names in them hold. */
export function oneLine({ title, sentences }: NotificationWords): string {
  return shownText([title, ...sentences].join(' '));
}

function describeUpload(facts: UploadFacts, count: (count: number) => string): NotificationWords {
  const { title, sentences } = describeState(facts, count);
  const assumed = facts.status === 'COMPLETED' ? facts.assumptions : [];
  const gone = describeGone(facts, count);
  return { title, sentences: [...sentences, ...gone, ...describeFileIssues(facts, count), ...assumed] };
}

/** Pledges that a complete file does not name, and those that it names again. */
function describeGone({ gone }: UploadFacts, count: (count: number) => string): readonly string[] {
  const sentences: string[] = [];
  if (gone.marked === 1) {
    sentences.push(
      '1 pledge of the campaign is GONE now, because a file of the whole campaign does not name it; no units are counted for it.',
    );
  } else if (gone.marked > 1) {
    sentences.push(
      `${count(gone.marked)} pledges of the campaign are GONE now, because a file of the whole campaign does not name them; no units are counted for them.`,
    );
  }
  if (gone.back === 1) sentences.push('1 pledge that was GONE is back.');
  else if (gone.back > 1) sentences.push(`${count(gone.back)} pledges that were GONE are back.`);
  return sentences;
}

function describeState(facts: UploadFacts, count: (count: number) => string): NotificationWords {
  switch (facts.status) {
    case 'COMPLETED':
      return describeCompleted(facts, count);
    case 'FAILED':
      return describeFailed(facts, count);
    case 'CANCELED':
      return describeCanceled(facts, count);
    case 'NEEDS_MAPPING':
      return describeUnknown(facts, count);
    case 'NEEDS_REVIEW':
      return describeReview(facts, count);
    case 'UNDONE':
      return describeUndone(facts, count);
  }
}

const SEE_ISSUES = 'The issues of the upload say for each rejected row what is wrong.';

function describeCompleted({ rows, ...facts }: UploadFacts, count: (count: number) => string) {
  const file = nameOf(facts);
  const isWhole = facts.fileIssues.errors === 0;
  // Where a file was skipped, "all rows" must not be taken for all rows of the upload.
  const ofRead = isWhole ? '' : ` of the ${facts.isWorkbook ? 'sheet that was' : 'files that were'} read`;
  if (rows.leftOut > 0 && rows.leftOut === rows.total) {
    const what =
      'left out because they are no records, such as sums or notes; the warnings of the upload say why.';
    return {
      title: `Nothing of ${inMid(file)} was imported.`,
      sentences: [
        `All ${rowsOf(rows.total, count)}${ofRead} were ${what}`,
        'Correct them and send the file again if one of them is a pledge.',
      ],
    };
  }
  if (rows.imported === 0 && rows.rejected > 0) {
    return {
      title: `Nothing of ${inMid(file)} was imported.`,
      sentences: [
        rows.leftOut === 0
          ? `${allOf(rows.total, ofRead, count)} rejected.`
          : `Of ${rowsOf(rows.total, count)}${ofRead}, ${count(rows.rejected)} ${were(rows.rejected)} rejected.`,
        ...describeLeftOut(rows, count),
        SEE_ISSUES,
        'Correct them and send the file again.',
      ],
    };
  }
  if (rows.rejected === 0) {
    return {
      title: isWhole ? `${file} is imported.` : `${file} is imported, but ${notAllRead(facts)}.`,
      sentences:
        rows.leftOut === 0
          ? [`${allOf(rows.total, ofRead, count)} imported.`]
          : [
              `${count(rows.imported)} of ${rowsOf(rows.total, count)}${ofRead} ${were(rows.imported)} imported.`,
              ...describeLeftOut(rows, count),
            ],
    };
  }
  return {
    title: `${file} is imported, without its rejected rows${isWhole ? '' : `, and ${notAllRead(facts)}`}.`,
    sentences: [
      `${count(rows.imported)} of ${rowsOf(rows.total, count)}${ofRead} ${were(rows.imported)} imported, ${count(rows.rejected)} rejected.`,
      ...describeLeftOut(rows, count),
      SEE_ISSUES,
      'Correct these rows and send them again; those that were imported are not doubled.',
    ],
  };
}

/** Rows that are left out need no correction, but a person should look whether one of them is a pledge. */
function describeLeftOut(
  { leftOut }: UploadFacts['rows'],
  count: (count: number) => string,
): readonly string[] {
  if (leftOut === 0) return [];
  const what =
    leftOut === 1 ? 'was left out because it is no record' : 'were left out because they are no records';
  return [`${count(leftOut)} ${what}, such as a sum or a note; the warnings of the upload say why.`];
}

function describeFailed({ rows, failure, ...facts }: UploadFacts, count: (count: number) => string) {
  const file = nameOf(facts);
  const why = failure === null ? [] : [failure.message];
  if (rows.total === 0) {
    return {
      title: `${file} could not be imported.`,
      sentences: [...why, 'Nothing of it was stored.'],
    };
  }
  if (failure?.code !== 'chunks_failed') {
    return {
      title: `The account of ${inMid(file)} does not close.`,
      sentences: [countRows(rows, count), ...why, 'Tell us; nothing has to be done about the file.'],
    };
  }
  return {
    title: rows.imported === 0 ? `${file} was not imported.` : `${file} was imported only in part.`,
    sentences: [countRows(rows, count), ...why, 'Only the rows that were not processed are done again.'],
  };
}

function describeCanceled({ rows, ...facts }: UploadFacts, count: (count: number) => string) {
  return {
    title: `The import of ${inMid(nameOf(facts))} was canceled.`,
    sentences: [
      countRows(rows, count),
      rows.imported === 0
        ? 'To import it, send the file again.'
        : 'What was imported before stays. To import the rest, send the file again.',
    ],
  };
}

function describeUnknown(
  { unknownFiles, unknownFileCount, ...facts }: UploadFacts,
  count: (count: number) => string,
): NotificationWords {
  const others = unknownFileCount - unknownFiles.length;
  const reasons = unknownFiles.map(({ name, reasons: why }) => {
    const of = name === null ? '' : ` of "${name}"`;
    const because =
      why.length === 0
        ? ''
        : `: ${why
            .join('; ')
            .replaceAll(/([.?]);/g, '$1')
            .replace(/\.$/, '')}`;
    return `The columns${of} are not those of a known platform${because}${because.endsWith('?') ? '' : '.'}`;
  });
  if (others > 0) {
    reasons.push(`The same goes for ${count(others)} other ${others === 1 ? 'file' : 'files'}.`);
  }
  return {
    title: `${nameOf(facts)} waits for you to say what its columns are.`,
    sentences: [...reasons, 'Nothing is imported before. Say what they are in the mapping of the upload.'],
  };
}

/** In a review, `imported` counts the rows that would be. */
function describeReview(
  { rows, ...facts }: UploadFacts,
  count: (count: number) => string,
): NotificationWords {
  return {
    title: `${nameOf(facts)} waits for you to look at what it would change.`,
    sentences: [
      `${count(rows.imported)} of ${rowsOf(rows.total, count)} can be imported, ${count(rows.rejected)} would be rejected.`,
      ...describeLeftOut(rows, count),
      'Nothing is written before. Look at the changes of the upload, then apply or discard them.',
    ],
  };
}

/** After an undo, `imported` counts the rows that a redo would bring back. */
function describeUndone(
  { rows, ...facts }: UploadFacts,
  count: (count: number) => string,
): NotificationWords {
  return {
    title: `The import of ${inMid(nameOf(facts))} is undone.`,
    sentences: [
      `${count(rows.imported)} imported ${rows.imported === 1 ? 'row was' : 'rows were'} taken back. The campaign is as if the file had never been sent.`,
      'What other files say stays. A redo of the upload brings it back.',
    ],
  };
}

function notAllRead({ isWorkbook }: Pick<UploadFacts, 'isWorkbook'>): string {
  return isWorkbook ? 'not all of its sheets were read' : 'not all of its files could be read';
}

/** The issues found while the upload was received, whatever its outcome. */
function describeFileIssues(facts: UploadFacts, count: (count: number) => string): readonly string[] {
  const { count: total, errors, first } = facts.fileIssues;
  const isInTitle = facts.status === 'COMPLETED' && facts.rows.imported > 0;
  const unread = errors === 0 || isInTitle ? [] : [`Besides, ${notAllRead(facts)}.`];
  const issues = first.map(({ file, message }, at) => {
    const isFirstWarning = at === errors;
    return `${isFirstWarning ? 'Look at this: ' : ''}${file === null ? '' : `"${file}": `}${message}`;
  });
  const others = total - first.length;
  if (others > 0) {
    issues.push(`There ${others === 1 ? 'is' : 'are'} ${count(others)} more: see the issues of the upload.`);
  }
  return [...unread, ...issues];
}

function describeEndpoint({ host, description, reason }: EndpointFacts): NotificationWords {
  const why =
    reason === 'gone'
      ? 'It answered 410 Gone: it wants no more messages.'
      : 'Every message to it has failed for days.';
  return {
    title: `The webhook endpoint at ${host}${description === '' ? '' : ` (${description})`} is switched off.`,
    sentences: [why, 'Repair it, switch it on again, and replay the messages that it missed.'],
  };
}

function countRows(rows: UploadFacts['rows'], count: (n: number) => string) {
  const { total, imported, rejected, leftOut, open } = rows;
  const noRecords = leftOut === 0 ? '' : `, ${count(leftOut)} left out`;
  return `${count(imported)} of ${rowsOf(total, count)} ${were(imported)} imported, ${count(rejected)} rejected${noRecords}, ${count(open)} not processed.`;
}

function rowsOf(total: number, count: (count: number) => string): string {
  return `${count(total)} ${total === 1 ? 'row' : 'rows'}`;
}

function allOf(total: number, of: string, count: (count: number) => string): string {
  if (total > 1) return `All ${rowsOf(total, count)}${of} were`;
  return of === '' ? 'Its only row was' : `The only row${of} was`;
}

function were(rows: number): 'was' | 'were' {
  return rows === 1 ? 'was' : 'were';
}

const UNNAMED = 'The file';

function nameOf({ filename }: Pick<UploadFacts, 'filename'>): string {
  return filename === null ? UNNAMED : `"${filename}"`;
}

function inMid(name: string): string {
  return name === UNNAMED ? 'the file' : name;
}
