/** Things to undo, last done first. */
export interface Cleanup {
  defer(undo: () => void | Promise<void>): void;
  /** Undoes everything, even when a step fails; then throws the first failure. Again: nothing is left to undo. */
  run(): Promise<void>;
}

/** Starts with nothing to undo. */
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
