/**
 * Measures how well encodings are detected, and trains the models of csv-core.
 *
 *   pnpm bench:encodings                                    all detectors, all files
 *   pnpm bench:encodings -- --detectors csv-core --wrong    only csv-core, and each file it reads wrongly
 *   pnpm bench:encodings -- --languages cs,pl --encodings iso-8859-2 --sets ordinary,few --repetitions 20 --seed 2
 *   pnpm bench:encodings -- --write                         also writes the tables to docs/encodings.md
 *   pnpm bench:encodings -- --train                         writes the models of csv-core instead
 */
import { parseArgs } from 'node:util';
import { isSetName, SETS } from './measure.js';
import { report } from './report.js';
import { writeModels } from './write-models.js';

const { values } = parseArgs({
  args: process.argv.slice(2).filter((argument) => argument !== '--'),
  options: {
    detectors: { type: 'string', default: '' },
    languages: { type: 'string', default: '' },
    encodings: { type: 'string', default: '' },
    sets: { type: 'string', default: SETS.join() },
    repetitions: { type: 'string', default: '5' },
    seed: { type: 'string', default: '1' },
    wrong: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    train: { type: 'boolean', default: false },
  },
});

const list = (text: string) => text.split(',').filter((name) => name !== '');

if (values.train) {
  writeModels();
} else {
  await report({
    detectors: list(values.detectors),
    sets: list(values.sets).filter(isSetName),
    selection: {
      languages: list(values.languages),
      encodings: list(values.encodings),
      repetitions: Number(values.repetitions),
      seed: Number(values.seed),
    },
    showsWrong: values.wrong,
    writes: values.write,
  });
}
