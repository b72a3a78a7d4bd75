import { useMutation } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { client } from '../../api/client.js';
import { describeError } from '../../api/describe-error.js';
import { useSpeech } from '../../texts/texts.js';
import type { NewSecret, Scope } from './key-queries.js';

const scopes = ['read', 'write', 'admin'] as const satisfies readonly Scope[];
/** After how many days a key expires; 0: never. */
const lifetimes = [0, 30, 90, 365] as const;
const DAY_MS = 24 * 3_600_000;

/** Makes a key. It may do as little as possible unless the person says otherwise. */
export function KeyForm({ onSecret }: { readonly onSecret: (secret: NewSecret) => void }): ReactNode {
  const { texts, format } = useSpeech();
  const [name, setName] = useState('');
  const [scope, setScope] = useState<Scope>('read');
  const [days, setDays] = useState<number>(0);
  const [isMissing, setMissing] = useState(false);
  const nameId = useId();
  const problemId = useId();
  const making = useMutation({
    mutationFn: (wanted: string) =>
      client.post('/v1/keys', {
        body: {
          name: wanted,
          scope,
          expiresAt: days === 0 ? null : new Date(Date.now() + days * DAY_MS).toISOString(),
        },
      }),
    onSuccess: (key) => {
      setName('');
      onSecret(key);
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const wanted = name.trim();
    setMissing(wanted === '');
    if (wanted !== '') making.mutate(wanted);
  };
  const problem = isMissing ? texts.keys.nameMissing : making.error && describeError(making.error, texts);
  return (
    <form className="card" onSubmit={submit} noValidate aria-labelledby="new-key">
      <h2 id="new-key">{texts.keys.make}</h2>
      <div className="filters">
        <div className="field">
          <label htmlFor={nameId}>{texts.keys.nameLabel}</label>
          <input
            id={nameId}
            autoComplete="off"
            maxLength={100}
            value={name}
            aria-invalid={problem !== null}
            aria-describedby={problemId}
            onChange={({ target }) => setName(target.value)}
          />
        </div>
        <label className="field">
          {texts.keys.scope}
          <select
            value={scope}
            onChange={({ target }) => setScope(scopes.find((each) => each === target.value) ?? 'read')}
          >
            {scopes.map((each) => (
              <option key={each} value={each}>
                {texts.keys.scopes[each]}
              </option>
            ))}
          </select>
        </label>
        <label className="field">
          {texts.keys.lifetime}
          <select value={days} onChange={({ target }) => setDays(Number(target.value))}>
            {lifetimes.map((each) => (
              <option key={each} value={each}>
                {each === 0 ? texts.keys.neverExpires : texts.keys.days(format.number(each))}
              </option>
            ))}
          </select>
        </label>
      </div>
      <p className="quiet small">{texts.keys.scopeHints[scope]}</p>
      <div id={problemId} role="alert">
        {problem !== null && (
          <div className="message wrong">
            <p>{problem}</p>
          </div>
        )}
      </div>
      <div>
        <button type="submit" className="button" disabled={making.isPending}>
          {texts.keys.makeSubmit}
        </button>
      </div>
    </form>
  );
}
