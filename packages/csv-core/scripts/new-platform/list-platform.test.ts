import { describe, expect, it } from 'vitest';
import { listInReadme, listPlatform, platformsInReadme } from './list-platform.js';

describe('the list of platforms', () => {
  const source = `import { generic } from './generic.js';
import type { Platform } from './platform.js';

export const platforms: readonly Platform[] = [
  generic,
];
`;

  it('gets one more before the one for all other files', () => {
    const listed = listPlatform(source, 'some-shop');
    expect(listed).toContain("import { someShop } from './some-shop.js';\n");
    expect(listed).toContain('  someShop,\n  generic,\n');
  });

  it('is left alone where it looks different', () => {
    expect(() => listPlatform('export const platforms = [];', 'some-shop')).toThrow('by hand');
  });
});

describe('the list in the README', () => {
  const readme = `# Title

Something else.

Kickstarter and Stripe
payments are told by their columns; the rest is not.

More.
`;

  it('gets one more at its end', () => {
    const longer = listInReadme(readme, 'Some Shop');
    expect(platformsInReadme(longer)).toBe('Kickstarter, Stripe payments and Some Shop');
    expect(longer).toBe(
      readme.replace(
        /Kickstarter[\s\S]*not\./,
        'Kickstarter, Stripe payments and Some Shop are told by their columns; the rest is not.',
      ),
    );
  });

  it('is missed where there is none', () => {
    expect(platformsInReadme('# Title')).toBeNull();
    expect(() => listInReadme('# Title', 'Some Shop')).toThrow('README.md');
  });
});
