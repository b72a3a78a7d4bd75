import type { OrderGrouping } from '../csv/order-grouping.js';
import { confidenceThreshold, type Detection, isLastResort } from '../detect-platform.js';
import { isDateField, isField, isMoneyField } from '../fields/fields.js';
import { displayHeader } from '../header/resolve-columns.js';
import { findAssumptions } from '../mapping/assumptions.js';
import type { ColumnAssignment } from '../mapping/column-assignment.js';
import { compileMapping, type Mapping } from '../mapping/compile-mapping.js';
import type { Damage } from '../mapping/damage-evidence.js';
import { createDateEvidence, type DateOrderFinding } from '../mapping/date-evidence.js';
import { createDecimalEvidence } from '../mapping/decimal-evidence.js';
import { findOrderGrouping } from '../mapping/find-order-grouping.js';
import { createNewestDate, type NewestDate } from '../mapping/newest-date.js';
import { numberPositions } from '../mapping/number-of-row.js';
import { createRepeatEvidence, type RepeatedNumbers } from '../mapping/repeat-evidence.js';
import type { Platform } from '../platforms/platform.js';
import type { Steps } from '../steps.js';
import { askAboutFile, type OpenQuestion } from '../unknown/open-question.js';
import { readPeople } from '../unknown/people-columns.js';
import type { UnknownFileReading } from '../unknown/read-unknown-file.js';
import { askForAssignedWords } from '../unknown/status-words.js';
import { assignmentsOf, createUnknownReader, type UnknownReader } from '../unknown/unknown-reader.js';
import type { DateOrder } from '../values/date.js';
import { lastResort } from './last-resort.js';
import type { RecognizedColumns } from './recognize-columns.js';
import type { ReportedDateOrder, TableReport } from './table-report.js';

/** What is found in the columns of a table. */
type ColumnFindings = Pick<
  TableReport,
  | 'platform'
  | 'detection'
  | 'columns'
  | 'questions'
  | 'suggestion'
  | 'assumptions'
  | 'orders'
  | 'ordersAreWhole'
  | 'repeats'
  | 'dateOrders'
  | 'newestDate'
  | 'decimalMark'
>;

/** Examines the rows of a table while it is received: what its columns are, and how they write dates and decimals. */
interface Examiner {
  /** How rows make orders, as far as the header shows it. Chunks are cut by it. */
  readonly orders: TableReport['orders'];
  /** Takes every row that is a record. */
  add(cells: readonly string[]): void;
  /** Takes every row. */
  count(cells: readonly string[]): void;
  endInSteps(): Steps<ColumnFindings>;
}

/** What the sender says of a table. */
interface Said {
  /** The order of day and month. */
  readonly dateOrder: DateOrder | undefined;
  /** Whether columns that names and cells decide are only suggested. */
  readonly ask: boolean;
}

/**
 * @param damage the damage so far that is repaired; null where none is repaired
 */
export function* openExaminer(
  headers: readonly string[],
  recognized: RecognizedColumns,
  said: Said,
  damage: () => Damage | null,
): Steps<Examiner> {
  const { platform, columns } = recognized;
  const examiner =
    platform !== null && columns === null && !isLastResort(platform)
      ? yield* examineKnown(headers, recognized, platform)
      : yield* examineUnknown(headers, recognized, said, damage);
  return {
    ...examiner,
    *endInSteps() {
      const { newest, ...findings } = yield* examiner.endInSteps();
      const dateOrders = findings.dateOrders.map((one) => withRequest(one, said.dateOrder));
      const order = dateOrders.find(({ position }) => position === newest?.position)?.order ?? null;
      return { ...findings, dateOrders, newestDate: newest?.result(order) ?? null };
    },
  };
}

function withRequest(finding: DateOrderFinding, requested: DateOrder | undefined): ReportedDateOrder {
  return requested === undefined ? finding : { ...finding, order: requested, source: 'requested' };
}

interface InnerExaminer extends Omit<Examiner, 'endInSteps'> {
  endInSteps(): Steps<
    Omit<ColumnFindings, 'dateOrders' | 'newestDate'> & {
      readonly dateOrders: readonly DateOrderFinding[];
      /** Null when nobody knows which column has the dates of pledges. */
      readonly newest: NewestDate | null;
    }
  >;
}

/** The platform decides what the columns are. */
function* examineKnown(
  headers: readonly string[],
  { detection }: RecognizedColumns,
  platform: Platform,
): Steps<InnerExaminer> {
  const dates = createDateEvidence(headers, platform);
  yield;
  const decimals = createDecimalEvidence(headers, platform);
  yield;
  const mapping = compileMapping(headers, platform);
  yield;
  const { orders } = mapping;
  const repeats = createRepeatEvidence(mapping);
  const newest = createNewestDate(mapping);
  return {
    orders,
    count: (cells) => repeats?.add(cells),
    add(cells) {
      dates.add(cells);
      newest?.add(cells);
      decimals.add(cells);
    },
    *endInSteps() {
      yield;
      return {
        platform: platform.name,
        detection,
        columns: null,
        questions: [],
        suggestion: null,
        assumptions: findAssumptions(headers, platform),
        orders,
        ordersAreWhole: true,
        repeats: repeats?.result() ?? noRepeats,
        dateOrders: dates.result(),
        newest,
        decimalMark: decimals.result(),
      };
    },
  };
}

/** With more columns a file is read only once, at its end. */
const MAX_READ_TWICE = 300;

/** Names and cells, or a template, decide what the columns are. */
function* examineUnknown(
  headers: readonly string[],
  recognized: RecognizedColumns,
  { ask }: Said,
  damage: () => Damage | null,
): Steps<InnerExaminer> {
  const { detection, columns: saved } = recognized;
  const platform = recognized.platform ?? lastResort;
  const reader = createUnknownReader(headers, platform, damage);
  const dates = createDateEvidence(headers, null);
  yield;
  // Of a very wide file only common names are looked up before its rows are there: the rest takes long.
  const suggested = headers.length > MAX_READ_TWICE ? undefined : assignmentsOf(yield* reader.readInSteps());
  const cut = findOrderGrouping(headers, platform, saved ?? suggested);
  yield;
  const guessed = compileMapping(headers, platform, saved ?? suggested ?? []);
  const repeats = createRepeatEvidence(guessed);
  const newest = createNewestDate(guessed);
  return {
    orders: cut,
    count: (cells) => repeats?.add(cells),
    add(cells) {
      reader.add(cells);
      dates.add(cells);
      newest?.add(cells);
    },
    *endInSteps() {
      const reading = saved === null ? yield* readColumns(reader, platform) : null;
      const columns = saved ?? (reading === null ? [] : assignmentsOf(reading));
      const questions = [
        ...askForPlatform(recognized),
        ...(reading?.questions ?? askForAssignedWords(reader.file(), columns, platform.statuses)),
      ];
      if (questions.length > 0 || (ask && saved === null)) {
        return {
          platform: null,
          detection: whileAsking(detection, headers),
          columns: null,
          questions,
          suggestion: (reading ?? (yield* reader.readInSteps())).suggestion,
          assumptions: [],
          orders: null,
          ordersAreWhole: true,
          repeats: null,
          dateOrders: dates.result(),
          newest: null,
          decimalMark: null,
        };
      }
      yield;
      const orders = findOrderGrouping(headers, platform, columns);
      yield;
      const positions = positionsOf(columns);
      const mapping = compileMapping(headers, platform, columns);
      return {
        platform: platform.name,
        detection: reading === null ? detection : asUnderstood(detection, headers, reading, platform),
        columns,
        questions,
        suggestion: null,
        assumptions: findAssumptions(headers, platform, columns),
        orders,
        ordersAreWhole: orders === null || (cut !== null && isSameGrouping(orders, cut)),
        repeats: isSameNumber(guessed, mapping) ? (repeats?.result() ?? noRepeats) : null,
        newest: newest?.position === createNewestDate(mapping)?.position ? newest : null,
        dateOrders: dates.result().filter(({ position }) => positions.dates.has(position)),
        decimalMark: reader.decimalMark([...positions.amounts]),
      };
    },
  };
}

/** A platform gives common names other meanings, so a file that seems to be from it is not read like any other. */
function askForPlatform({ likely }: RecognizedColumns): readonly OpenQuestion[] {
  if (likely === null) return [];
  const message = `Is the file from ${likely.title}? It has columns of that platform, but not those that a file from there needs. If it is, export it with all its columns; if not, accept what is suggested or say what the columns are.`;
  return [askAboutFile('likely_platform', message)];
}

function* readColumns(reader: UnknownReader, { holdsPledges }: Platform): Steps<UnknownFileReading> {
  const reading = yield* reader.readInSteps();
  return holdsPledges ? reading : readPeople(reading);
}

const noRepeats: RepeatedNumbers = { groups: [], unlisted: 0 };

/** Whether two mappings find the same rows with the same number. */
function isSameNumber(a: Mapping, b: Mapping): boolean {
  const hasSameOrders =
    a.orders === null || b.orders === null ? a.orders === b.orders : isSameGrouping(a.orders, b.orders);
  return hasSameOrders && numberPositions(a).join() === numberPositions(b).join();
}

function isSameGrouping(a: OrderGrouping, b: OrderGrouping): boolean {
  const essence = ({ orderColumn, blankContinues, continuation }: OrderGrouping) =>
    JSON.stringify([orderColumn, blankContinues, continuation]);
  return essence(a) === essence(b);
}

function positionsOf(columns: readonly ColumnAssignment[]) {
  const of = (isKind: (as: ColumnAssignment['as']) => boolean) =>
    new Set(columns.filter(({ as }) => isKind(as)).map(({ position }) => position));
  return {
    dates: of((as) => isField(as) && isDateField(as)),
    amounts: of((as) => isField(as) && isMoneyField(as)),
  };
}

/** No platform is named while something must be asked. */
function whileAsking(detection: Detection, headers: readonly string[]): Detection {
  return {
    ...detection,
    platform: null,
    confidence: Math.min(detection.confidence, confidenceThreshold - 0.01),
    unknownColumns: detection.platform === null ? headers.map(displayHeader) : detection.unknownColumns,
  };
}

/** The columns are understood, whatever the header row alone showed. */
function asUnderstood(
  detection: Detection,
  headers: readonly string[],
  { suggestion }: UnknownFileReading,
  platform: Platform,
): Detection {
  const kept = suggestion.columns.filter(({ as }) => as === 'kept');
  const understood = `${headers.length - kept.length} of ${headers.length} columns are understood by their names and cells`;
  return {
    ...detection,
    platform: platform.name,
    confidence: Math.max(detection.confidence, Math.min(suggestion.confidence, platform.certainty)),
    reasons: detection.platform === null ? [understood] : detection.reasons,
    unknownColumns: kept.map(({ header }) => header),
    missingColumns: [],
  };
}
