import { isLastResort } from '../../src/detect-platform.js';
import type { Platform } from '../../src/platforms/platform.js';
import { variableOf } from './platform-source.js';

/** Adds a platform to the list in `src/platforms/index.ts`, before the generic one. */
export function listPlatform(source: string, name: string): string {
  const variable = variableOf(name);
  const listed = source.replace(/^( *)generic,$/m, `$1${variable},\n$1generic,`);
  const imported = listed.replace(
    /^import type \{ Platform \}/m,
    `import { ${variable} } from './${name}.js';\nimport type { Platform }`,
  );
  if (listed === source || imported === listed) {
    throw new Error(
      'This script does not recognise the list of platforms in src/platforms/index.ts. Add the two lines by hand.',
    );
  }
  return imported;
}

/** The paragraph of a README that begins with the platforms. */
const PARAGRAPH = /(?<=\n\n)(?:(?!\n\n)[\s\S])*?(?=\s+are\s+told\s+by\s+their\s+columns)(?:(?!\n\n)[\s\S])*/;
const AFTER_LIST = /\s+are\s+told\s+by\s+their\s+columns/;
const WIDTH = 120;

/** The platforms that are recognised by their columns, in the words of the README. */
export function namePlatforms(platforms: readonly Platform[]): string {
  const titles = platforms.filter((platform) => !isLastResort(platform)).map(({ title }) => title);
  return `${titles.slice(0, -1).join(', ')} and ${titles.at(-1)}`;
}

/** The list of platforms in a README, on one line; null where it has none. */
export function platformsInReadme(readme: string): string | null {
  return PARAGRAPH.exec(readme)?.[0].split(AFTER_LIST)[0]?.replace(/\s+/g, ' ') ?? null;
}

/** Adds the title of a platform to the list in a README. */
export function listInReadme(readme: string, title: string): string {
  const now = platformsInReadme(readme);
  if (now === null) throw new Error('README.md has no list of platforms that "are told by their columns".');
  const at = now.lastIndexOf(' and ');
  const list = `${now.slice(0, at)}, ${now.slice(at + 5)} and ${title}`;
  return readme.replace(PARAGRAPH, (paragraph) =>
    breakLines(`${list}${paragraph.replace(/\s+/g, ' ').slice(now.length)}`),
  );
}

function breakLines(text: string): string {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= WIDTH)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.join('\n');
}
