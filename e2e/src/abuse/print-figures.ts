import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { z } from 'zod';

const figureSchema = z.object({ sent: z.string(), before: z.string(), now: z.string() });

/** Collects the figures of all test files, and prints them as one table at the end. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'pledgeline-figures-'));
  const file = join(folder, 'figures.jsonl');
  project.provide('figuresFile', file);
  return async () => {
    const lines = (await readFile(file, 'utf8').catch(() => '')).split('\n').filter(Boolean);
    await rm(folder, { recursive: true, force: true });
    console.log(formatTable(lines.map((line) => figureSchema.parse(JSON.parse(line)))));
  };
}

function formatTable(figures: readonly z.infer<typeof figureSchema>[]): string {
  const rows = [
    ['what was sent', 'before', 'now'],
    ['---', '---', '---'],
    ...figures.map(({ sent, before, now }) => [sent, before, now]),
  ];
  return rows.map((row) => `| ${row.join(' | ')} |`).join('\n');
}
