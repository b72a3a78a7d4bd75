import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { platforms } from '../../src/platforms/index.js';
import { namePlatforms, platformsInReadme } from './list-platform.js';
import { OPEN_MARK } from './platform-source.js';

const platformsFolder = new URL('../../src/platforms/', import.meta.url);

describe('the platforms', () => {
  it('are those that the README says are told by their columns', () => {
    const readme = readFileSync(new URL('../../../../README.md', import.meta.url), 'utf8');
    expect(platformsInReadme(readme)).toBe(namePlatforms(platforms));
  });

  it.each(platforms)('$name leaves nothing to decide', ({ name }) => {
    expect(readFileSync(new URL(`${name}.ts`, platformsFolder), 'utf8')).not.toContain(OPEN_MARK);
  });

  it('have a file each', () => {
    const files = readdirSync(platformsFolder).map((file) => file.replace(/\.ts$/, ''));
    expect(platforms.filter(({ name }) => !files.includes(name))).toEqual([]);
  });
});
