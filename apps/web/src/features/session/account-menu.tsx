import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { client } from '../../api/client.js';
import { LanguageChoice } from '../../parts/language-choice.js';
import { Failed } from '../../parts/state.js';
import { useSpeech } from '../../texts/texts.js';
import { changeSession, sessionQuery } from './session.js';

/** Who is signed in, the language, and the way out. */
export function AccountMenu(): ReactNode {
  const { texts } = useSpeech();
  const queries = useQueryClient();
  const { data: session } = useQuery(sessionQuery);
  const closing = useMutation({
    mutationFn: () => client.delete('/app/session'),
    onSuccess: () => changeSession(queries, null),
  });
  if (session === undefined || session === null) return null;
  return (
    <details className="account-menu">
      <summary>{session.merchant}</summary>
      <div>
        <p className="quiet small">{texts.signedInAs(session.merchant, session.keyName)}</p>
        <ul className="plain-list tight">
          <li>
            <Link href="/settings">{texts.settings.title}</Link>
          </li>
          <li>
            <Link href="/webhooks">{texts.webhooks.title}</Link>
          </li>
          {session.scope === 'admin' && (
            <li>
              <Link href="/keys">{texts.keys.title}</Link>
            </li>
          )}
        </ul>
        <LanguageChoice />
        {closing.error !== null && <Failed error={closing.error} title={texts.errors.refused} />}
        <button
          type="button"
          className="button plain"
          disabled={closing.isPending}
          onClick={() => closing.mutate()}
        >
          {texts.signOut}
        </button>
      </div>
    </details>
  );
}
