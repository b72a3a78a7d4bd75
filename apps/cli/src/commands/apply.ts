import { ProblemError } from '@pledgeline/client/node';
import { Command } from 'commander';
import { explainProblem } from '../explain-problem.js';
import { createProgressLine } from '../report/progress-line.js';
import { type ApiOptions, addApiOptions, openApi } from './api-options.js';
import type { CommandContext } from './context.js';
import { addExamples } from './examples.js';
import { followAndReport } from './follow.js';
import { addJsonOption, type JsonOption } from './json-option.js';
import { uploadId } from './option-parsers.js';

/** `apply <upload>`: lets what was reviewed be written. */
export function applyCommand(context: CommandContext): Command {
  const command = new Command('apply')
    .description('apply what an upload would change, as it was shown; watch it, print a report')
    .argument('<upload>', 'id of the upload', uploadId)
    .action((id: string, options: ApiOptions & JsonOption) => apply(id, options, context));
  addApiOptions(addJsonOption(command, 'print the upload as JSON'));
  return addExamples(command, [
    ['pnpm cli apply 019aaf00-0000-7000-8000-000000000000', 'after `pnpm cli import --review`'],
  ]);
}

async function apply(id: string, options: ApiOptions & JsonOption, context: CommandContext): Promise<void> {
  const { env, signal, stderr } = context;
  const api = openApi(options, env);
  const progress = createProgressLine(stderr);
  try {
    await api.post('/v1/uploads/{id}/apply', { path: { id }, signal });
    await followAndReport(api, id, options, context, progress);
  } catch (error) {
    if (!(error instanceof ProblemError && error.code === 'review_outdated')) throw error;
    throw explainProblem(error, 'Nothing was applied', {
      hint: `Look at what it changes now: pnpm cli changes ${id}\nThen apply it:               pnpm cli apply ${id}`,
    });
  } finally {
    progress.end();
  }
}
