/** Milliseconds of processor time that it takes. Time by the clock is longer the busier the machine is. */
export function processorTime(run: () => unknown): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}
