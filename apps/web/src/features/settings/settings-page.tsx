import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Failed, Loading } from '../../parts/state.js';
import { useTitle } from '../../parts/use-title.js';
import { useSpeech } from '../../texts/texts.js';
import { HouseLinks } from './house-links.js';
import { MessageForm } from './message-form.js';
import { settingsQuery } from './settings-queries.js';
import { TemplateList } from './template-list.js';

/** What a merchant has set: how they are told what happens, and which files are known to them. */
export function SettingsPage(): ReactNode {
  const { texts } = useSpeech();
  useTitle(texts.settings.title);
  return (
    <>
      <h1>{texts.settings.title}</h1>
      <HouseLinks />
      <Messages />
      <TemplateList />
    </>
  );
}

function Messages(): ReactNode {
  const { texts } = useSpeech();
  const { data: seen, error, refetch } = useQuery(settingsQuery);
  /** A new form after each reload; any other answer leaves what a person is filling in. */
  const [reloads, setReloads] = useState(0);
  const reload = async (): Promise<void> => {
    await refetch();
    setReloads(reloads + 1);
  };
  return (
    <section className="card" aria-labelledby="messages">
      <h2 id="messages">{texts.settings.messages}</h2>
      {seen !== undefined && <MessageForm key={reloads} seen={seen} onReload={() => void reload()} />}
      {seen === undefined && error === null && <Loading />}
      {error !== null && <Failed error={error} onRetry={() => void refetch()} />}
    </section>
  );
}
