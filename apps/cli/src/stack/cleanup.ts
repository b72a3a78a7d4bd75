/** A list of steps to undo, the last one first. */
export interface Cleanup {
  defer(undo: () => void | Promise<void>): void;
  /** Undoes every step, even if one fails; then throws the first failure. A second call does nothing. */
  run(): Promise<void>;
}

/** Creates an empty list. */
export function createCleanup(): Cleanup {
  const steps: (() => void | Promise<void>)[] = [];
  return {
    defer: (undo) => {
      steps.push(undo);
    },
    async run() {
      const failures: unknown[] = [];
      for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
        try {
          await step();
        } catch (error) {
          failures.push(error);
        }
      }
      if (failures.length > 0) throw failures[0];
    },
  };
}
