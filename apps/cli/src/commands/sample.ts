import { Command } from 'commander';
import { resolveUserPath } from '../paths.js';
import { writeSample } from '../sample/write-sample.js';
import { type CommandContext, writeJson } from './context.js';
import { addExamples } from './examples.js';
import { addJsonOption, type JsonOption } from './json-option.js';
import { wholeNumber } from './option-parsers.js';

interface SampleCommandOptions extends JsonOption {
  readonly rows: number;
  readonly seed: number;
  readonly out: string;
}

/** `sample`: writes the generated file of the demo, for benchmarks, tests and curious people. */
export function sampleCommand(context: CommandContext): Command {
  const { env, signal, stderr } = context;
  const command = new Command('sample')
    .description('write a Kickstarter export of invented people; about one row in a hundred is broken')
    .requiredOption('--out <file>', 'where to')
    .option('--rows <n>', 'how many', wholeNumber(1, 100_000_000), 5_000)
    .option('--seed <n>', 'another number, other people', wholeNumber(0, 2_147_483_647), 1)
    .action(async ({ rows, seed, out, json }: SampleCommandOptions) => {
      const file = resolveUserPath(out, env);
      await writeSample(file, { rows, seed }, signal);
      if (json) writeJson(context, { file, rows, seed });
      stderr.write(`Wrote ${rows} rows to ${out}.\n`);
    });
  return addExamples(addJsonOption(command, 'print the file and its numbers as JSON'), [
    ['pnpm cli sample --rows 100000 --out large.csv', 'the same bytes each time'],
  ]);
}
