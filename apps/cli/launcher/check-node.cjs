// Ends the process with one sentence when Node is too old or too odd. It runs before anything else is read, in words that
// Node 6 understands, because what the rest is written in would be a syntax error or a crash in the middle.
const ranges = '^20.19 || ^22.12 || >=24';

const have = process.versions.node.split('.').map(Number);

function fits(range) {
  const wanted = range
    .replace(/[^\d.]/g, '')
    .split('.')
    .map(Number);
  if (have[0] !== wanted[0]) return range.startsWith('>=') && have[0] > wanted[0];
  return have[1] >= (wanted[1] || 0);
}

if (!ranges.split(' || ').some(fits)) {
  process.stderr.write(
    `Pledgeline needs Node ${ranges}, and this is Node ${process.versions.node}: install a newer one from https://nodejs.org.\n`,
  );
  process.exit(2);
}
