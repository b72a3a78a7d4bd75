/**
 * The yardstick on the machine for which the limits are meant. It took 266 ms on another one, which needed 21.4 s to receive 100 files of
 * 2,000 unknown columns, where the former needed 13.
 */
const REFERENCE_MS = 162;
const TURNS = 8;

/**
 * How many times as long this machine takes for the same work as the one for which the limits of the event loop are meant; 1 for a
 * faster one. Machines that run the tests differ by more than two, and what is measured is what our code does, not the machine.
 */
export function machineSlowness(): number {
  const rows = Array.from({ length: 20_000 }, (_, n) => ({
    id: n,
    name: `Person ${n}`,
    amount: `${n % 97}.50`,
    cells: ['a', 'b', String(n * 7)],
  }));
  const text = JSON.stringify(rows);
  const turns = Array.from({ length: TURNS }, () => turnMs(text));
  return Math.max(1, Math.min(...turns) / REFERENCE_MS);
}

/** CPU time of one turn: texts, objects and garbage, as in our programs. */
function turnMs(text: string): number {
  const begun = process.cpuUsage();
  for (let again = 0; again < 2; again += 1) JSON.stringify(JSON.parse(text)).replaceAll('"', "'");
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / 1000;
}
