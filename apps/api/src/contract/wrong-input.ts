import { z } from 'zod';
import { Problem } from '../problem.js';

interface Wrong {
  readonly name: string;
  readonly message: string;
}

/** The problem `invalid_request` that names every wrong parameter, and what it must be. */
export function wrongParameters({ issues }: z.core.$ZodError, schema: z.ZodType): Problem {
  const known = schema instanceof z.ZodObject ? Object.keys(schema.shape).join(', ') : '';
  const wrong = listWrong(issues, () => `there is no such parameter; there are ${known}`);
  const detail = wrong.map(({ name, message }) => `Parameter "${name}": ${message}.`).join(' ');
  return new Problem('invalid_request', detail, { members: { parameters: wrong } });
}

/** The problem `invalid_request` that names every place of a body that is wrong. */
export function wrongBody({ issues }: z.core.$ZodError): Problem {
  const wrong = listWrong(issues, ({ message }) => message);
  const detail = wrong
    .map(({ name, message }) => (name === '' ? `The body ${message}` : `"${name}": ${message}`))
    .join('; ');
  return new Problem('invalid_request', `The body is not as it should be: ${detail}.`, {
    members: { parameters: wrong },
  });
}

type Unrecognized = Extract<z.core.$ZodIssue, { readonly code: 'unrecognized_keys' }>;

function listWrong(
  issues: readonly z.core.$ZodIssue[],
  explainUnrecognized: (issue: Unrecognized) => string,
): readonly Wrong[] {
  return issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({
          name: [...issue.path, key].join('.'),
          message: explainUnrecognized(issue),
        }))
      : [{ name: issue.path.join('.'), message: issue.message }],
  );
}
