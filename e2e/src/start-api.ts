import { type RunningProgram, startProgram } from '@pledgeline/local-services';
import { z } from 'zod';
import { programs } from './programs.js';

/** Starts an API on a free port. */
export function startApi(
  variables: Readonly<Record<string, string>>,
  nodeOptions?: readonly string[],
): RunningProgram {
  return startProgram(programs.api, { PORT: '0', HOST: '127.0.0.1', ...variables }, nodeOptions);
}

/** Waits until the API listens and returns its URL. */
export async function addressOf(api: RunningProgram): Promise<string> {
  const line = await api.waitForLog(/"listening"/);
  const { port } = z.object({ port: z.number() }).parse(JSON.parse(line));
  return `http://127.0.0.1:${port}`;
}
