import { Command } from 'commander';
import { resolveUserPath } from '../paths.js';
import { writeSample } from '../sample/write-sample.js';
import type { CommandContext } from './context.js';
import { addExamples } from './examples.js';
import { wholeNumber } from './option-parsers.js';

interface SampleCommandOptions {
  readonly rows: number;
  readonly seed: number;
  readonly out: string;
}

/** `sample`: writes the generated file of the demo, for benchmarks, tests and curious people. */
export function sampleCommand({ env, signal, stderr }: CommandContext): Command {
  const command = new Command('sample')
    .description('write a Kickstarter export of invented people; about one row in a hundred is broken')
    .requiredOption('--out <file>', 'where to')
    .option('--rows <n>', 'how many', wholeNumber(1, 100_000_000), 5_000)
    .option('--seed <n>', 'another number, other people', wholeNumber(0, 2_147_483_647), 1)
    .action(async ({ rows, seed, out }: SampleCommandOptions) => {
      const file = resolveUserPath(out, env);
      await writeSample(file, { rows, seed }, signal);
      stderr.write(`Wrote ${rows} rows to ${out}.\n`);
    });
  return addExamples(command, [
    ['pnpm cli sample --rows 100000 --out large.csv', 'the same bytes each time'],
  ]);
}
