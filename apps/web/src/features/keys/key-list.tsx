import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useSpeech } from '../../texts/texts.js';
import { sessionQuery } from '../session/session.js';
import { KeyActions } from './key-actions.js';
import { type Key, type NewSecret, stateOf } from './key-queries.js';

interface KeyListProps {
  readonly keys: readonly Key[];
  readonly onSecret: (secret: NewSecret) => void;
}

export function KeyList({ keys, onSecret }: KeyListProps): ReactNode {
  const { texts, format } = useSpeech();
  const { data: session } = useQuery(sessionQuery);
  const now = new Date();
  return (
    <ul className="news" aria-label={texts.keys.title}>
      {keys.map((key) => {
        const { id, name, prefix, scope, lastUsedAt, expiresAt } = key;
        const isOwn = id === session?.keyId;
        const used = lastUsedAt === null ? texts.keys.never : format.dateTime(lastUsedAt);
        const expires = expiresAt === null ? texts.keys.never : format.date(expiresAt);
        return (
          <li key={id} className="between">
            <div className="tight">
              <span className="row">
                <strong>{name}</strong>
                <code>{prefix}…</code>
                {isOwn && <span className="tag good">{texts.keys.own}</span>}
                <State keyed={key} now={now} />
              </span>
              <dl className="said small">
                <div>
                  <dt>{texts.keys.scope}</dt>
                  <dd>{texts.keys.scopes[scope]}</dd>
                </div>
                <div>
                  <dt>{texts.keys.lastUsed}</dt>
                  <dd>{used}</dd>
                </div>
                <div>
                  <dt>{texts.keys.expires}</dt>
                  <dd>{expires}</dd>
                </div>
              </dl>
            </div>
            {stateOf(key, now) === 'valid' && (
              <KeyActions id={id} name={name} isOwn={isOwn} onSecret={onSecret} />
            )}
          </li>
        );
      })}
    </ul>
  );
}

function State({ keyed, now }: { readonly keyed: Key; readonly now: Date }): ReactNode {
  const { texts, format } = useSpeech();
  const state = stateOf(keyed, now);
  if (state !== 'valid') return <span className="tag wrong">{texts.keys.ended[state]}</span>;
  const { previousSecretUntil } = keyed;
  if (previousSecretUntil === null || new Date(previousSecretUntil) <= now) return null;
  return <span className="tag doubt">{texts.keys.previousUntil(format.dateTime(previousSecretUntil))}</span>;
}
