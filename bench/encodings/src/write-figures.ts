import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const FILE = `${ROOT}docs/encodings.md`;
const BEGIN = '<!-- figures: written by `pnpm bench:encodings -- --write` -->';
const END = '<!-- end of figures -->';

/** Writes tables between the two markers in docs/encodings.md. */
export function writeFigures(text: string): void {
  const page = readFileSync(FILE, 'utf8');
  const begin = page.indexOf(BEGIN);
  const end = page.indexOf(END);
  if (begin < 0 || end < begin) throw new Error(`${FILE} has no markers for the figures.`);
  writeFileSync(FILE, `${page.slice(0, begin + BEGIN.length)}\n\n${text}\n\n${page.slice(end)}`);
  execFileSync(`${ROOT}node_modules/.bin/biome`, ['format', '--write', FILE], { cwd: ROOT, stdio: 'ignore' });
}
