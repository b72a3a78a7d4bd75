import { generic } from './generic.js';
import { kickstarter } from './kickstarter.js';
import type { Platform } from './platform.js';

/** Every platform, most specific first. One more platform is one more file and one more line here. */
export const platforms: readonly Platform[] = [kickstarter, generic];

/** The platform of that name, or undefined. */
export function findPlatform(name: string): Platform | undefined {
  return platforms.find((platform) => platform.name === name);
}
