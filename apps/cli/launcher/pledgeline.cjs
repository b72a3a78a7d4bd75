#!/usr/bin/env node
// Checks Node, builds what has changed, and becomes the program. `pnpm cli` finds it as a command, not as a script, because
// pnpm prints the line of a script, arguments and keys in it, to stdout.
require('./check-node.cjs');
const { spawn } = require('node:child_process');
const { join } = require('node:path');
const { pathToFileURL } = require('node:url');

/** After how long a build is worth a word. */
const PATIENCE_MS = 2_000;

const root = join(__dirname, '../../..');
const program = join(root, 'apps/cli/dist/main.js');
const startsStack = ['demo', 'dev'].includes(process.argv.slice(2).find((word) => word !== '--'));

if (process.env.PLEDGELINE_NO_BUILD) start();
else build(startsStack ? ['cli', 'api', 'worker', 'web'] : ['cli'], start);

function start() {
  process.argv[1] = program;
  import(pathToFileURL(program).href);
}

/** Builds apps and what they import; says something only if it takes long or fails, and not on stdout. */
function build(apps, done) {
  const turbo = require.resolve('turbo/bin/turbo', { paths: [root] });
  const filters = apps.map((app) => `--filter=./apps/${app}`);
  const options = ['run', 'build', ...filters, '--output-logs=errors-only', '--log-prefix=none'];
  const child = spawn(process.execPath, [turbo, ...options], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const timer = setTimeout(() => process.stderr.write('Building what has changed …\n'), PATIENCE_MS);
  const pieces = [];
  child.stdout.on('data', (piece) => pieces.push(piece));
  child.stderr.on('data', (piece) => pieces.push(piece));
  child.on('close', (code) => {
    clearTimeout(timer);
    if (code === 0) return done();
    process.stderr.write(`${Buffer.concat(pieces)}\nThe build did not succeed, so nothing was started.\n`);
    process.exitCode = 3;
  });
}
