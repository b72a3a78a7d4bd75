import type { Proposal } from './propose-platform.js';

/** The heading of the list of open questions in a platform file. A test fails while there is such a list. */
export const OPEN_MARK = 'Left to decide';

/** The TypeScript source of the platform file, before it is formatted. */
export function platformSource({ definition, landmark }: Proposal, open: readonly string[]): string {
  const { columns, ...rest } = definition;
  const properties = Object.entries({ ...rest, columns }).map(
    ([name, value]) => `${name}: ${JSON.stringify(value)},`,
  );
  const dynamic = landmark === null ? [] : dynamicLines(landmark);
  return `import { definePlatform } from './platform.js';

/**
${headLines(definition.title, open)
  .map((line) => ` * ${line.replaceAll('*/', '* /')}`.trimEnd())
  .join('\n')}
 */
export const ${variableOf(definition.name)} = definePlatform({
${[...properties, ...dynamic].join('\n')}
});
`;
}

function dynamicLines(landmark: string): readonly string[] {
  return [
    "// The creator's own questions come after the columns that every file has.",
    'dynamicColumn: ({ header, position, positionOf }) => {',
    `const last = positionOf(${JSON.stringify(landmark)});`,
    'const isQuestion = last >= 0 && position > last;',
    "return isQuestion ? { role: 'question', question: header } : { role: 'unknown' };",
    '},',
  ];
}

const WIDTH = 112;

function headLines(title: string, open: readonly string[]): readonly string[] {
  const head = `Orders as ${title} exports them.`;
  if (open.length === 0) return [head];
  return [head, '', `${OPEN_MARK}:`, ...open.flatMap((question) => wrap(`- ${question}`))];
}

/** Wraps a list item. The lines after the first are indented. */
export function wrap(text: string, width = WIDTH): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(lines.length === 0 ? word : `  ${word}`);
  }
  return lines;
}

/** `some-shop` as `someShop`. */
export function variableOf(name: string): string {
  return name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
