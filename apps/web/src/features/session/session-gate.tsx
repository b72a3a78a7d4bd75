import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Fragment, type ReactNode, useEffect, useState } from 'react';
import { client } from '../../api/client.js';
import { Failed, Loading } from '../../parts/state.js';
import { useSpeech } from '../../texts/texts.js';
import { hearOtherTabs } from './other-tabs.js';
import { sessionQuery, takeSession } from './session.js';
import { SignIn } from './sign-in.js';

interface SessionGateProps {
  /** The token of the link that opened the page. */
  readonly link: string | null;
  readonly children: ReactNode;
}

/** Shows the page to whoever is signed in, and to others the way in. The address stays, so they go on where they wanted to be. */
export function SessionGate({ link, children }: SessionGateProps): ReactNode {
  const { texts } = useSpeech();
  const queries = useQueryClient();
  const opening = useMutation({
    mutationFn: (token: string) => client.post('/app/session', { body: { link: token } }),
    onSettled: () => queries.invalidateQueries({ queryKey: sessionQuery.queryKey }),
  });
  const { mutate } = opening;
  // A link works once: an effect that runs twice must not use it up.
  const [token, setToken] = useState(link);
  useEffect(() => {
    if (token === null) return;
    setToken(null);
    mutate(token);
  }, [token, mutate]);
  useEffect(() => hearOtherTabs((session) => takeSession(queries, session)), [queries]);
  const isOpening = token !== null || opening.isPending;
  const { data, error, refetch } = useQuery({ ...sessionQuery, enabled: !isOpening });
  if (isOpening) return <Outside>{texts.signIn.link}</Outside>;
  if (data === null) return <SignIn problem={opening.error} />;
  // Nothing of one session is shown in the next, which another tab may have begun.
  if (data !== undefined) return <Fragment key={data.expiresAt}>{children}</Fragment>;
  return (
    <main>{error === null ? <Loading /> : <Failed error={error} onRetry={() => void refetch()} />}</main>
  );
}

function Outside({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <main>
      <p className="blank" role="status">
        {children}
      </p>
    </main>
  );
}
