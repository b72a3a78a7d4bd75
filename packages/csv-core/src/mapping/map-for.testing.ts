import { type MapKeysOptions, type MappedRows, mapRows } from '../map-keys.js';
import { definePlatform, type PlatformDefinition } from '../platforms/platform.js';
import { compileMapping } from './compile-mapping.js';

const core = { name: 'shop', title: 'Shop', evidence: 'Made up', statusRequired: false };

/** Maps rows with a platform that exists only in the test. */
export function mapFor(
  definition: Omit<PlatformDefinition, 'name' | 'title' | 'evidence'>,
  headers: readonly string[],
  rows: readonly (readonly string[])[],
  options: MapKeysOptions = {},
): MappedRows {
  const platform = definePlatform({ ...core, ...definition });
  return mapRows(compileMapping(headers, platform, options.columns), rows, options);
}
