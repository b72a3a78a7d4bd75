import { stat } from 'node:fs/promises';
import { CliError } from '../cli-error.js';

/** The size of a file in bytes. @throws CliError when there is no such file */
export async function fileSize(path: string): Promise<number> {
  const stats = await stat(path).catch((cause: unknown) => {
    throw new CliError(`There is no readable file ${path}.`, { cause });
  });
  if (!stats.isFile()) throw new CliError(`${path} is not a file.`);
  return stats.size;
}
