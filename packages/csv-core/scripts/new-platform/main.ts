import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CsvFileError } from '../../src/csv-file-error.js';
import { readCommand, UsageError } from './answers.js';
import { type NewPlatform, writeNewPlatform } from './new-platform.js';
import { wrap } from './platform-source.js';
import { type ContractOutcome, runContract } from './run-contract.js';

/** The root of the repository, seen from `dist/scripts`. */
const root = fileURLToPath(new URL('../../../../', import.meta.url));
const packageFolder = join(root, 'packages/csv-core');

try {
  const { name, file, answers } = readCommand(process.argv.slice(2));
  const platform = await writeNewPlatform(root, name, await readFile(file), answers);
  format(platform.written.filter((path) => path.endsWith('.ts')));
  const contract = await runContract(packageFolder);
  format([`packages/csv-core/src/platforms/fixtures/${name}`]);
  console.log(report(name, platform, contract));
  process.exitCode = contract.failures.length > 0 ? 2 : 0;
} catch (error) {
  if (!(error instanceof UsageError || error instanceof CsvFileError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

function format(paths: readonly string[]): void {
  const biome = join(packageFolder, 'node_modules/.bin/biome');
  execFileSync(biome, ['check', '--write', '--linter-enabled=false', ...paths], { cwd: root, stdio: 'pipe' });
}

function report(
  name: string,
  { columns, written, kept, assumed, open }: NewPlatform,
  contract: ContractOutcome,
): string {
  const width = Math.min(40, Math.max(...columns.map(({ header }) => header.length)));
  const words = [...kept].map(([header, texts]) => `"${header}": ${texts.join(', ')}`);
  return [
    section(
      'Columns',
      columns.map(({ header, as, reason }) => `${header.padEnd(width)}  ${as.padEnd(18)}  ${reason}`),
    ),
    section('Written, with the expected records beside the fixtures', written),
    section('Words of the file that the fixtures contain; check that none of them is personal', list(words)),
    section('Assumed; check that it is so', list(assumed)),
    section(`Left to decide; the list is also in ${name}.ts, where you delete what is decided`, list(open)),
    section(
      `Tests of all platforms: ${contract.passed} pass, ${contract.failures.length} fail`,
      list(contract.failures),
    ),
    section('Then', [
      'change the platform, delete its *.expected.json, and in packages/csv-core',
      'run WRITE_EXPECTED=1 npx vitest run src/platforms scripts; read line by line what it writes.',
    ]),
  ].join('\n');
}

function section(title: string, lines: readonly string[]): string {
  return `${title}\n${(lines.length > 0 ? lines : ['nothing']).map((line) => `  ${line}`).join('\n')}\n`;
}

function list(sentences: readonly string[]): readonly string[] {
  return sentences.flatMap((sentence) => wrap(`- ${sentence}`, 110));
}
