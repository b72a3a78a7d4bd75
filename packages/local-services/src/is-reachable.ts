import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Whether other users may enter the folder: it and every folder above it lets them pass. */
export async function isReachable(folder: string): Promise<boolean> {
  for (let path = folder; ; path = dirname(path)) {
    const found = await stat(path).catch(() => null);
    // What does not exist yet is made by us, and opened.
    if (found !== null && (found.mode & 0o001) === 0) return false;
    if (path === dirname(path)) return true;
  }
}
