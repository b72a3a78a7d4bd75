import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { platforms } from '../../src/platforms/index.js';
import { namePlatforms, platformsInReadme } from './list-platform.js';
import { OPEN_MARK } from './platform-source.js';

const platformsFolder = new URL('../../src/platforms/', import.meta.url);

describe('the list of platforms', () => {
  it('is the same as the list in the README', () => {
    const readme = readFileSync(new URL('../../../../README.md', import.meta.url), 'utf8');
    expect(platformsInReadme(readme)).toBe(namePlatforms(platforms));
  });

  it.each(platforms)('has nothing left to decide for $name', ({ name }) => {
    expect(readFileSync(new URL(`${name}.ts`, platformsFolder), 'utf8')).not.toContain(OPEN_MARK);
  });

  it('has a file for each platform', () => {
    const files = readdirSync(platformsFolder).map((file) => file.replace(/\.ts$/, ''));
    expect(platforms.filter(({ name }) => !files.includes(name))).toEqual([]);
  });
});
