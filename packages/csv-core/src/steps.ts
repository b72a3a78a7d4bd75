/**
 * A long computation in steps. It stops after each one, so that the caller can let something else run in between, or give up. Its
 * result is what the generator returns.
 */
export type Steps<T> = Generator<void, T>;

/** Runs all steps at once. @throws what a step throws */
export function runAtOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** Like `map` of an array, with a step for each entry. */
export function* mapInSteps<T, R>(
  entries: readonly T[],
  make: (entry: T, index: number) => R,
): Steps<readonly R[]> {
  const made: R[] = [];
  for (const [index, entry] of entries.entries()) {
    made.push(make(entry, index));
    yield;
  }
  return made;
}

/** What takes no time, for a caller that runs steps. */
export function* inOneStep<T>(value: T): Steps<T> {
  yield;
  return value;
}
