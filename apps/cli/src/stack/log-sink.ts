import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readableLogLine } from './log-line.js';

export type ServiceName = 'api' | 'worker';

/** Takes the log lines of the services. */
export interface LogSink {
  write(service: ServiceName, line: string): void;
}

/** How many log files are kept. The oldest ones are removed. */
const KEPT_FILES = 40;

/** Writes one file per service. `prefix` is different for each run and sorts by time. */
export async function fileLogs(folder: string, prefix: string): Promise<LogSink> {
  await mkdir(folder, { recursive: true });
  await removeOldLogs(folder);
  const open = (service: ServiceName) => {
    const stream = createWriteStream(join(folder, `${prefix}${service}.log`));
    // A full disk must not end an import.
    stream.on('error', () => undefined);
    return stream;
  };
  const files = { api: open('api'), worker: open('worker') };
  return { write: (service, line) => void files[service].write(`${line}\n`) };
}

async function removeOldLogs(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.log')).sort();
  for (const name of names.slice(0, -KEPT_FILES)) await rm(join(folder, name), { force: true });
}

/** Prints the lines in readable form as they come. */
export function printedLogs(print: (line: string) => void): LogSink {
  return { write: (service, line) => print(`${service.padEnd(6)} ${readableLogLine(line)}`) };
}
