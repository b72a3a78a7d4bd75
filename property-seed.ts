import fc from 'fast-check';

/**
 * Property tests draw the same cases on every run, so that a red run is always the fault of the change at hand.
 * `FC_SEED=random` draws others, to look for faults nobody knows of; `FC_SEED=<number>` repeats a run.
 */
const wanted = process.env.FC_SEED ?? '20261123';
if (wanted !== 'random') fc.configureGlobal({ seed: Number(wanted) });
