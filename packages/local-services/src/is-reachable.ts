import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Whether other users may enter the folder and every folder above it. */
export async function isReachable(folder: string): Promise<boolean> {
  for (let path = folder; ; path = dirname(path)) {
    const found = await stat(path).catch(() => null);
    // A folder that does not exist yet will be created so that other users may enter it.
    if (found !== null && (found.mode & 0o001) === 0) return false;
    if (path === dirname(path)) return true;
  }
}
