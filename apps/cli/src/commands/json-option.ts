import type { Command } from 'commander';

/** Whether the result is for programs. */
export interface JsonOption {
  readonly json: boolean;
}

/** Adds `--json`. `what` says what is written. */
export function addJsonOption(command: Command, what: string): Command {
  return command.option('--json', what, false);
}
