import { startVitest } from 'vitest/node';

/** The results of the tests of all platforms, with the new one. */
export interface ContractOutcome {
  readonly passed: number;
  /** For each test that fails, its title and the first error. */
  readonly failures: readonly string[];
}

/** Runs the tests that every platform must pass. They also write the expected records that are missing. */
export async function runContract(packageFolder: string): Promise<ContractOutcome> {
  const vitest = await startVitest('test', ['src/platforms/', 'scripts/new-platform/readme'], {
    root: packageFolder,
    run: true,
    watch: false,
    reporters: [{}],
    env: { WRITE_EXPECTED: '1' },
  });
  try {
    const tests = vitest.state.getTestModules().flatMap((module) => [...module.children.allTests()]);
    const broken = vitest.state
      .getTestModules()
      .flatMap((module) => module.errors().map(({ message }) => message));
    const failed = tests.filter((test) => test.result().state === 'failed');
    return {
      passed: tests.filter((test) => test.result().state === 'passed').length,
      failures: [
        ...broken,
        ...failed.map(
          (test) => `${test.fullName}: ${test.result().errors?.[0]?.message.split('\n')[0] ?? ''}`,
        ),
      ],
    };
  } finally {
    await vitest.close();
  }
}
