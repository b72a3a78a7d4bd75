import { isLastResort } from '../detect-platform.js';
import { platforms } from '../platforms/index.js';
import type { Platform } from '../platforms/platform.js';

/** The platform that reads files of no known platform. */
export const lastResort = findLastResort();

function findLastResort(): Platform {
  const found = platforms.find(isLastResort);
  if (found === undefined) throw new Error('No platform reads files of no known platform.');
  return found;
}
