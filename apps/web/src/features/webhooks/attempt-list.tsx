import type { ReactNode } from 'react';
import { useSpeech } from '../../texts/texts.js';
import type { Delivery } from './webhook-queries.js';

/** How often it was tried, and how each attempt ended. */
export function AttemptList({ delivery }: { readonly delivery: Delivery }): ReactNode {
  const { texts, format } = useSpeech();
  const { attempts } = delivery;
  const last = attempts.at(-1);
  if (last === undefined) return <span className="quiet small">{texts.webhooks.notTried}</span>;
  const summary = texts.webhooks.tried(attempts.length, format.number(attempts.length));
  return (
    <details className="small">
      <summary>
        {summary} · {outcomeOf(last, texts.webhooks.noAnswer)}
      </summary>
      <ol className="attempts">
        {attempts.map((attempt) => (
          <li key={attempt.number}>
            <time dateTime={attempt.startedAt}>{format.dateTime(attempt.startedAt)}</time>
            <span>{outcomeOf(attempt, texts.webhooks.noAnswer)}</span>
            {attempt.latencyMs !== null && (
              <span className="quiet">{texts.webhooks.latency(format.number(attempt.latencyMs))}</span>
            )}
            {/* The API writes English, and the answer is in whatever language. */}
            {attempt.error !== null && <span lang="en">{attempt.error}</span>}
            {attempt.responseHead !== null && attempt.responseHead !== '' && (
              <code>{attempt.responseHead}</code>
            )}
          </li>
        ))}
      </ol>
    </details>
  );
}

/** The code of the answer. */
function outcomeOf({ responseStatus }: Delivery['attempts'][number], noAnswer: string): string {
  return responseStatus === null ? noAnswer : `HTTP ${responseStatus}`;
}
