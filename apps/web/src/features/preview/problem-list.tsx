import type { ReactNode } from 'react';
import { useSpeech } from '../../texts/texts.js';
import type { ExpectedProblem } from './preview.js';

/** Problems by their reason, with what to do. */
export function ProblemList({ problems }: { readonly problems: readonly ExpectedProblem[] }): ReactNode {
  const { texts, format } = useSpeech();
  if (problems.length === 0) return null;
  return (
    <ul className="stack plain-list">
      {problems.map(({ code, column, severity, count, message, value }) => (
        <li key={`${severity} ${code} ${column}`} className="tight">
          <span className="row">
            <span className={severity === 'error' ? 'tag wrong' : 'tag doubt'}>
              {texts.rejects.times(count, format.number(count))}
            </span>
            <strong>{column ?? texts.rejects.wholeFile}</strong>
            {value !== null && <code>{value === '' ? texts.rejects.empty : value}</code>}
          </span>
          <span lang="en">{message}</span>
        </li>
      ))}
    </ul>
  );
}
