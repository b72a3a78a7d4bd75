import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { SecretOnce } from '../../parts/secret-once.js';
import { Blank, Failed, Loading } from '../../parts/state.js';
import { useTitle } from '../../parts/use-title.js';
import { useSpeech } from '../../texts/texts.js';
import { useScope } from '../session/use-scope.js';
import { HouseLinks } from '../settings/house-links.js';
import { KeyForm } from './key-form.js';
import { KeyList } from './key-list.js';
import { keysQuery, type NewSecret } from './key-queries.js';

/** The keys of the merchant, for those who may see them. */
export function KeysPage(): ReactNode {
  const { texts } = useSpeech();
  const isAdmin = useScope('admin');
  useTitle(texts.keys.title);
  return (
    <>
      <div className="tight">
        <h1>{texts.keys.title}</h1>
        <p className="quiet">{texts.keys.text}</p>
      </div>
      <HouseLinks />
      {isAdmin ? <Keys /> : <Blank>{texts.keys.notAllowed}</Blank>}
    </>
  );
}

function Keys(): ReactNode {
  const { texts } = useSpeech();
  const queries = useQueryClient();
  const { data: keys, error, refetch } = useQuery(keysQuery);
  const [fresh, setFresh] = useState<NewSecret | null>(null);
  const show = (secret: NewSecret): void => {
    setFresh(secret);
    void queries.invalidateQueries({ queryKey: keysQuery.queryKey });
  };
  return (
    <>
      {fresh !== null && (
        <SecretOnce
          key={fresh.secret}
          label={texts.keys.secretOf(fresh.name)}
          secret={fresh.secret}
          onKept={() => setFresh(null)}
        />
      )}
      <section className="card" aria-label={texts.keys.title}>
        {keys !== undefined && <KeyList keys={keys} onSecret={show} />}
        {keys === undefined && error === null && <Loading />}
        {error !== null && <Failed error={error} onRetry={() => void refetch()} />}
      </section>
      <KeyForm onSecret={show} />
    </>
  );
}
