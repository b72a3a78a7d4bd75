import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Table } from '../../parts/table.js';
import { useSpeech } from '../../texts/texts.js';
import { sessionQuery } from '../session/session.js';
import { KeyActions } from './key-actions.js';
import { type Key, type NewSecret, stateOf } from './key-queries.js';

interface KeyTableProps {
  readonly keys: readonly Key[];
  readonly onSecret: (secret: NewSecret) => void;
}

export function KeyTable({ keys, onSecret }: KeyTableProps): ReactNode {
  const { texts, format } = useSpeech();
  const { data: session } = useQuery(sessionQuery);
  const now = new Date();
  const isOwn = ({ id }: Key) => id === session?.keyId;
  return (
    <Table
      caption={texts.keys.title}
      rows={keys}
      keyOf={({ id }) => id}
      columns={[
        {
          title: texts.keys.name,
          cell: (key) => (
            <>
              <span className="row">
                {key.name}
                {isOwn(key) && <span className="tag good">{texts.keys.own}</span>}
                <State keyed={key} now={now} />
              </span>
              <span className="quiet small">
                <code>{key.prefix}…</code>
              </span>
            </>
          ),
        },
        { title: texts.keys.scope, cell: ({ scope }) => texts.keys.scopes[scope] },
        {
          title: texts.keys.lastUsed,
          cell: ({ lastUsedAt }) => (lastUsedAt === null ? texts.keys.never : format.dateTime(lastUsedAt)),
        },
        {
          title: texts.keys.expires,
          cell: ({ expiresAt }) => (expiresAt === null ? texts.keys.neverExpires : format.date(expiresAt)),
        },
        {
          title: texts.keys.actions,
          cell: (key) =>
            stateOf(key, now) === 'valid' && (
              <KeyActions id={key.id} name={key.name} isOwn={isOwn(key)} onSecret={onSecret} />
            ),
        },
      ]}
    />
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
