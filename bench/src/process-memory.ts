import { readFile } from 'node:fs/promises';

/** The peak memory of a process so far (`VmHWM`), in MB of 1,000,000 bytes. Linux only. */
export async function peakMegabytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
  if (kibibytes === undefined) throw new Error(`/proc/${pid}/status has no VmHWM`);
  return (Number(kibibytes) * 1_024) / 1e6;
}
