/** Fails the build when the scripts that a first visit loads are too large: what a person on a phone waits for. */
import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';

const LIMIT_KB = 200;
const dist = new URL('../dist/', import.meta.url);

const manifest = JSON.parse(await readFile(new URL('.vite/manifest.json', dist), 'utf8'));
const first = new Set();
const add = (name) => {
  if (first.has(name)) return;
  first.add(name);
  for (const each of manifest[name].imports ?? []) add(each);
};
add('index.html');

let bytes = 0;
for (const name of first) bytes += gzipSync(await readFile(new URL(manifest[name].file, dist))).length;
const kilobytes = bytes / 1_000;
if (kilobytes > LIMIT_KB) {
  console.error(
    `A first visit loads ${kilobytes.toFixed(1)} kB of gzipped script; ${LIMIT_KB} kB are allowed.`,
  );
  process.exit(1);
}
console.log(
  `A first visit loads ${kilobytes.toFixed(1)} kB of gzipped script, of ${LIMIT_KB} kB that are allowed.`,
);
