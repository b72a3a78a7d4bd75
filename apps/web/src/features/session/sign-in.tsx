import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { client } from '../../api/client.js';
import { describeError } from '../../api/describe-error.js';
import { LanguageChoice } from '../../parts/language-choice.js';
import { useTitle } from '../../parts/use-title.js';
import { useSpeech } from '../../texts/texts.js';
import { changeSession } from './session.js';

/** The form for the key. The key is in no storage and no address: it goes to the API once, and a cookie comes back. */
export function SignIn({ problem }: { readonly problem: unknown }): ReactNode {
  const { texts } = useSpeech();
  const queries = useQueryClient();
  const [key, setKey] = useState('');
  const [isMissing, setMissing] = useState(false);
  const fieldId = useId();
  const problemId = useId();
  useTitle(texts.signIn.title);
  const opening = useMutation({
    mutationFn: (secret: string) => client.post('/app/session', { body: { key: secret } }),
    onSuccess: (session) => changeSession(queries, session),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const secret = key.trim();
    setMissing(secret === '');
    if (secret !== '') opening.mutate(secret);
  };
  const error = opening.error ?? problem;
  const complaint = isMissing ? texts.signIn.empty : error ? describeError(error, texts) : null;
  return (
    <main>
      <form className="card narrow" onSubmit={submit} noValidate>
        <span className="brand">
          <img src="/app/icon.svg" alt="" />
          {texts.name}
        </span>
        <div className="tight">
          <h1>{texts.signIn.title}</h1>
          <p className="quiet">{texts.signIn.text}</p>
        </div>
        <div className="field">
          <label htmlFor={fieldId}>{texts.signIn.key}</label>
          <input
            id={fieldId}
            type="password"
            autoComplete="current-password"
            spellCheck={false}
            value={key}
            onChange={({ target }) => setKey(target.value)}
            aria-invalid={complaint !== null}
            aria-describedby={problemId}
          />
        </div>
        <div id={problemId} role="alert">
          {complaint !== null && (
            <div className="message wrong">
              <p>{complaint}</p>
            </div>
          )}
        </div>
        <button type="submit" className="button" disabled={opening.isPending}>
          {opening.isPending ? texts.signIn.working : texts.signIn.submit}
        </button>
        <LanguageChoice />
      </form>
    </main>
  );
}
