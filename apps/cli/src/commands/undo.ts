import type { Schemas } from '@pledgeline/client/node';
import { Command } from 'commander';
import { CliError, exitCodes } from '../cli-error.js';
import { formatCount } from '../report/numbers.js';
import { createProgressLine } from '../report/progress-line.js';
import { printable } from '../report/text.js';
import { watchUndo } from '../upload/changes.js';
import type { Api } from '../upload/connect.js';
import { type ApiOptions, addApiOptions, openApi } from './api-options.js';
import { canAsk, confirm } from './confirm.js';
import { type CommandContext, writeJson } from './context.js';
import { addExamples } from './examples.js';
import { addJsonOption, type JsonOption } from './json-option.js';
import { uploadId } from './option-parsers.js';
import { named } from './upload-actions.js';

interface UndoOptions extends ApiOptions, JsonOption {
  readonly yes: boolean;
}

/** `undo <upload>`: takes an upload back. */
export function undoCommand(context: CommandContext): Command {
  const command = new Command('undo')
    .description('take an upload back, as if it had never been sent')
    .argument('<upload>', 'id of the upload', uploadId)
    .option('--yes', 'really; without it, says what would happen, and asks on a terminal', false)
    .action((id: string, options: UndoOptions) => undo(id, options, context));
  addApiOptions(addJsonOption(command, 'print the upload as JSON'));
  return addExamples(command, [
    ['pnpm cli undo 019aaf00-0000-7000-8000-000000000000', 'it was the wrong file'],
    ['pnpm cli redo 019aaf00-0000-7000-8000-000000000000', 'and back again'],
  ]);
}

async function undo(id: string, options: UndoOptions, context: CommandContext): Promise<void> {
  const { env, signal, stderr, stdout } = context;
  const api = openApi(options, env);
  const before = await api.get('/v1/uploads/{id}', { path: { id }, signal });
  if (!options.yes) await requireConsent(before, context);
  const progress = createProgressLine(stderr);
  try {
    await api.post('/v1/uploads/{id}/undo', { path: { id }, signal });
    const upload = await watchUndo(api, id, { onProgress: progress.show, signal });
    progress.end();
    if (options.json) writeJson(context, upload);
    if (upload.status !== 'UNDONE') {
      throw new CliError(
        `${printable(upload.draft?.error ?? 'The undo was given up.')} The upload is ${upload.status} as before.`,
        { hint: 'Try it once more. If it happens again, look in the log of the worker.' },
      );
    }
    if (!options.json) stdout.write(`${await describeEnd(api, upload, signal)}\n`);
  } finally {
    progress.end();
  }
}

/** @throws CliError when nobody can be asked, or the answer is no */
async function requireConsent(upload: Schemas['Upload'], context: CommandContext): Promise<void> {
  const what = `This takes the upload ${named(upload)} with its ${formatCount(upload.rows.imported)} imported rows out of the campaign "${printable(upload.campaign)}". Records that only it names go; what other uploads say stays in force. \`pnpm cli redo\` brings it back.`;
  if (!canAsk(context)) {
    throw new CliError(what, {
      hint: 'Add --yes to do it. Nothing was changed.',
      exitCode: exitCodes.usage,
    });
  }
  context.stderr.write(`${what}\n`);
  if (await confirm('Take it back?', context)) return;
  throw new CliError('Nothing was changed.', { exitCode: exitCodes.incomplete });
}

/** What the message to the merchant says. */
async function describeEnd(api: Api, upload: Schemas['Upload'], signal: AbortSignal): Promise<string> {
  const { notifications } = await api.get('/v1/notifications', { query: { upload: upload.id }, signal });
  const message = notifications.find(({ type }) => type === 'upload.undone');
  if (message === undefined) return `The upload ${named(upload)} is taken back.`;
  return [message.title, ...message.sentences].map(printable).join('\n');
}
