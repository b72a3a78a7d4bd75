import { Command } from 'commander';
import type { CommandContext } from './commands/context.js';
import { demoCommand } from './commands/demo.js';
import { devCommand } from './commands/dev.js';
import { exportCommand } from './commands/export.js';
import { importCommand } from './commands/import.js';
import { keysCommand } from './commands/keys.js';
import { migrateCommand } from './commands/migrate.js';
import { rejectedCommand } from './commands/rejected.js';
import { sampleCommand } from './commands/sample.js';
import { verifyCommand } from './commands/verify.js';

/** Builds the program with all commands. It throws a CommanderError instead of ending the process. */
export function buildProgram(context: CommandContext): Command {
  const program = new Command('pledgeline')
    .description('Turns crowdfunding exports into clean, de-duplicated records in Postgres')
    .showHelpAfterError('Add --help for help.');
  const commands = [
    demoCommand,
    devCommand,
    exportCommand,
    importCommand,
    keysCommand,
    migrateCommand,
    rejectedCommand,
    sampleCommand,
    verifyCommand,
  ];
  for (const build of commands) program.addCommand(build(context));
  letThrow(program);
  return program;
}

/** Makes commands throw. Commander inherits this setting only for subcommands that it creates itself. */
function letThrow(command: Command): void {
  command.exitOverride();
  for (const child of command.commands) letThrow(child.copyInheritedSettings(command));
}

/**
 * Removes the `--` that pnpm passes on in `pnpm demo -- file.csv --campaign X`. For commander it would mean that no
 * options follow. Only the first one is removed, and only before any other argument of the command.
 */
export function withoutPnpmDashes(args: readonly string[]): readonly string[] {
  const at = args.indexOf('--');
  return at === 0 || at === 1 ? args.toSpliced(at, 1) : args;
}
