import { stat } from 'node:fs/promises';
import { CliError, exitCodes } from '../cli-error.js';

/** The size of a file in bytes. @throws CliError when there is no such file */
export async function fileSize(path: string): Promise<number> {
  const exitCode = exitCodes.usage;
  const stats = await stat(path).catch((cause: unknown) => {
    throw new CliError(`There is no readable file ${path}.`, { exitCode, cause });
  });
  if (!stats.isFile()) throw new CliError(`${path} is not a file.`, { exitCode });
  return stats.size;
}
