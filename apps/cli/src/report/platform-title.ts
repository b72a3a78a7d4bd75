import { findPlatform } from '@pledgeline/csv-core';

/** The title of a platform; its name if only the API, which may be newer, knows it. */
export function platformTitle(name: string | null): string {
  if (name === null) return 'not recognised';
  return findPlatform(name)?.title ?? name;
}
