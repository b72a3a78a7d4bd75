import { findPlatform } from '@pledgeline/csv-core';

/** A platform as people call it; a newer API may know some that we do not. */
export function platformTitle(name: string | null): string {
  if (name === null) return 'not recognised';
  return findPlatform(name)?.title ?? name;
}
