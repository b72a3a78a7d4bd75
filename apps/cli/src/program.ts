import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { z } from 'zod';
import { exitCodes } from './cli-error.js';
import { applyCommand } from './commands/apply.js';
import { campaignsCommand } from './commands/campaigns.js';
import { cancelCommand } from './commands/cancel.js';
import { changesCommand } from './commands/changes.js';
import type { CommandContext } from './commands/context.js';
import { demoCommand } from './commands/demo.js';
import { devCommand } from './commands/dev.js';
import { discardCommand } from './commands/discard.js';
import { exportCommand } from './commands/export.js';
import { importCommand } from './commands/import.js';
import { inspectCommand } from './commands/inspect.js';
import { inventoryCommand } from './commands/inventory.js';
import { keysCommand } from './commands/keys.js';
import { migrateCommand } from './commands/migrate.js';
import { redoCommand } from './commands/redo.js';
import { rejectedCommand } from './commands/rejected.js';
import { remapCommand } from './commands/remap.js';
import { retryCommand } from './commands/retry.js';
import { sampleCommand } from './commands/sample.js';
import { undoCommand } from './commands/undo.js';
import { uploadsCommand } from './commands/uploads.js';
import { verifyCommand } from './commands/verify.js';

const commands = [
  importCommand,
  inspectCommand,
  uploadsCommand,
  rejectedCommand,
  retryCommand,
  cancelCommand,
  changesCommand,
  applyCommand,
  discardCommand,
  undoCommand,
  redoCommand,
  remapCommand,
  campaignsCommand,
  inventoryCommand,
  exportCommand,
  keysCommand,
  verifyCommand,
  migrateCommand,
  demoCommand,
  devCommand,
  sampleCommand,
];

/** Builds the program with all commands. It throws a CommanderError instead of ending the process. */
export function buildProgram(context: CommandContext): Command {
  const program = new Command('pledgeline')
    .description('Turns crowdfunding exports into clean, de-duplicated records in Postgres')
    .version(readVersion(), '-V, --version', 'print the version')
    .option('--verbose', 'show where errors come from')
    .showHelpAfterError('Add --help for help.')
    .configureOutput({
      writeOut: (text) => void context.stdout.write(text),
      writeErr: (text) => void context.stderr.write(text),
    })
    .addHelpText('after', epilogue);
  for (const build of commands) program.addCommand(build(context));
  inherit(program);
  return program;
}

/** Makes commands throw. Commander inherits settings only for subcommands that it creates itself. */
function inherit(command: Command): void {
  command.exitOverride();
  for (const child of command.commands) inherit(child.copyInheritedSettings(command));
}

const epilogue = `
The API and the key for it, best in the environment, where no list of processes shows them:
  export PLEDGELINE_URL=http://127.0.0.1:3000 PLEDGELINE_KEY=pl_…

stdout has the result alone, everything else goes to stderr. Exit codes:
  ${exitCodes.done}  done
  ${exitCodes.incomplete}  done, but something is left to do: rows were rejected, a file was not read, a check does not hold, changes wait to be applied
  ${exitCodes.usage}  wrong arguments or environment
  ${exitCodes.failed}  refused or failed
  ${exitCodes.unreachable}  the API or the database does not answer
  129, 130, 143  stopped by SIGHUP, SIGINT (Ctrl-C), SIGTERM

\`pledgeline <command> --help\` has the options of a command, and examples.`;

function readVersion(): string {
  // As far from dist as from src.
  const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return z.object({ version: z.string() }).parse(JSON.parse(manifest)).version;
}

/**
 * Removes the `--` that pnpm passes on in `pnpm demo -- file.csv --campaign X`. For commander it would mean that no
 * options follow. Only the first one is removed, and only before any other argument of the command.
 */
export function withoutPnpmDashes(args: readonly string[]): readonly string[] {
  const at = args.indexOf('--');
  return at === 0 || at === 1 ? args.toSpliced(at, 1) : args;
}
