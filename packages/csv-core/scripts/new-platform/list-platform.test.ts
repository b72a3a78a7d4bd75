import { describe, expect, it } from 'vitest';
import { listInReadme, listPlatform, platformsInReadme } from './list-platform.js';

describe('listPlatform', () => {
  const source = `import { generic } from './generic.js';
import type { Platform } from './platform.js';

export const platforms: readonly Platform[] = [
  generic,
];
`;

  it('adds a platform to the list, before the generic one', () => {
    const listed = listPlatform(source, 'some-shop');
    expect(listed).toContain("import { someShop } from './some-shop.js';\n");
    expect(listed).toContain('  someShop,\n  generic,\n');
  });

  it('refuses a list that it does not recognise', () => {
    expect(() => listPlatform('export const platforms = [];', 'some-shop')).toThrow('by hand');
  });
});

describe('listInReadme', () => {
  const readme = `# Title

Something else.

Kickstarter and Stripe
payments are told by their columns; the rest is not.

More.
`;

  it('adds a platform at the end of the list in the README', () => {
    const longer = listInReadme(readme, 'Some Shop');
    expect(platformsInReadme(longer)).toBe('Kickstarter, Stripe payments and Some Shop');
    expect(longer).toBe(
      readme.replace(
        /Kickstarter[\s\S]*not\./,
        'Kickstarter, Stripe payments and Some Shop are told by their columns; the rest is not.',
      ),
    );
  });

  it('refuses a README without such a list', () => {
    expect(platformsInReadme('# Title')).toBeNull();
    expect(() => listInReadme('# Title', 'Some Shop')).toThrow('README.md');
  });
});
