import { DETECTORS, type Detector, OURS } from './detector.js';
import { type GlueOutcome, judgeGlue } from './glue-outcome.js';
import { gluedFiles } from './glued-files.js';
import {
  type LabelledFile,
  markFiles,
  monotonousFiles,
  ordinaryFiles,
  type Selection,
  singleWords,
} from './labelled-file.js';
import { type Trial, tryDetector } from './outcome.js';
import { createTallies, type Tallies } from './tally.js';
import { unreadFiles } from './unread-files.js';

/** The sets of files, which are measured separately. */
export const SETS = ['ordinary', 'few', 'words', 'marks', 'glued', 'unread'] as const;
export type SetName = (typeof SETS)[number];

export function isSetName(name: string): name is SetName {
  return SETS.some((set) => set === name);
}

export interface Measured {
  readonly detector: Detector;
  /** By encoding and rows. */
  readonly ordinary: Tallies;
  /** By encoding and different rows. */
  readonly few: Tallies;
  /** By encoding, one column. */
  readonly words: Tallies;
  readonly marks: Tallies;
  /** By encoding, in the column of all. */
  readonly unread: Tallies;
  readonly wrong: readonly Wrong[];
}

export interface Wrong {
  readonly set: SetName;
  readonly file: LabelledFile;
  readonly trial: Trial;
}

/** For each kind of file, how often each outcome occurred. */
export type GlueTally = ReadonlyMap<string, ReadonlyMap<GlueOutcome, number>>;

/** Measures detectors with all files of some sets. */
export function measure(
  names: readonly string[],
  sets: readonly SetName[],
  selection: Selection,
): readonly Measured[] {
  const detectors = DETECTORS.filter(({ name }) => names.length === 0 || names.includes(name));
  return detectors.map((detector) => measureOne(detector, sets, selection));
}

function measureOne(detector: Detector, sets: readonly SetName[], selection: Selection): Measured {
  const wrong: Wrong[] = [];
  const tally = (
    set: SetName,
    files: () => Iterable<LabelledFile>,
    columnOf: (file: LabelledFile) => string,
  ) => {
    const tallies = createTallies();
    if (!sets.includes(set)) return tallies;
    for (const file of files()) {
      const trial = tryDetector(detector, file);
      tallies.add(file.encoding, columnOf(file), trial);
      if (!trial.outcome.startsWith('right')) wrong.push({ set, file, trial });
    }
    return tallies;
  };
  const byRows = ({ rows }: LabelledFile) => String(rows);
  return {
    detector,
    ordinary: tally('ordinary', () => ordinaryFiles(selection), byRows),
    few: tally('few', () => monotonousFiles(selection), byRows),
    words: tally('words', () => singleWords(selection), byRows),
    marks: tally('marks', () => markFiles(), byRows),
    unread: tally('unread', () => unreadFiles(selection), byRows),
    wrong,
  };
}

/** Measures csv-core with glued files. No other detector looks for a second encoding. */
export function measureGlued(
  selection: Selection,
  onWrong: (name: string, outcome: GlueOutcome) => void,
): GlueTally {
  const tallies = new Map<string, Map<GlueOutcome, number>>();
  for (const file of gluedFiles(selection)) {
    const { kind, name } = file;
    const outcome = judgeGlue(OURS.detect(file.bytes), file);
    if (outcome !== 'refused, right line' && outcome !== 'read, rightly')
      onWrong(`${kind}: ${name}`, outcome);
    const tally = tallies.get(kind) ?? new Map<GlueOutcome, number>();
    tallies.set(kind, tally);
    tally.set(outcome, (tally.get(outcome) ?? 0) + 1);
  }
  return tallies;
}
