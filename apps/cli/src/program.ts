import { Command } from 'commander';
import type { CommandContext } from './commands/context.js';
import { demoCommand } from './commands/demo.js';
import { devCommand } from './commands/dev.js';
import { importCommand } from './commands/import.js';
import { keysCommand } from './commands/keys.js';
import { migrateCommand } from './commands/migrate.js';
import { sampleCommand } from './commands/sample.js';
import { verifyCommand } from './commands/verify.js';

/** All commands. Throws CommanderError instead of ending the process. */
export function buildProgram(context: CommandContext): Command {
  const program = new Command('pledgeline')
    .description('Turns crowdfunding exports into clean, de-duplicated records in Postgres')
    .showHelpAfterError('Add --help for help.');
  const commands = [
    demoCommand,
    devCommand,
    importCommand,
    keysCommand,
    migrateCommand,
    sampleCommand,
    verifyCommand,
  ];
  for (const build of commands) program.addCommand(build(context));
  letThrow(program);
  return program;
}

/** Commander passes settings on to subcommands only when it makes them itself. */
function letThrow(command: Command): void {
  command.exitOverride();
  for (const child of command.commands) letThrow(child.copyInheritedSettings(command));
}

/**
 * The arguments without the `--` that pnpm leaves in `pnpm demo -- file.csv --campaign X`: to commander it would say
 * that no options follow. Only the first one goes, and only before any other argument of the command.
 */
export function withoutPnpmDashes(args: readonly string[]): readonly string[] {
  const at = args.indexOf('--');
  return at === 0 || at === 1 ? args.toSpliced(at, 1) : args;
}
