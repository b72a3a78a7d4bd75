import type { TestProject } from 'vitest/node';
import { startTestPostgres } from './template-database.js';

/** For `test.globalSetup` of a package's vitest.config.ts: one server for the run, stopped at its end. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { address, stop } = await startTestPostgres();
  project.provide('testPostgres', address);
  return stop;
}
