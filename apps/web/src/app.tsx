import { lazy, type ReactNode, useEffect } from 'react';
import { Link, Route, Router, Switch, useLocation } from 'wouter';
import { CampaignPage } from './features/campaign/campaign-page.js';
import { CampaignsPage } from './features/campaign/campaigns-page.js';
import { ImportPage } from './features/import/import-page.js';
import { recordKinds } from './features/records/record-kinds.js';
import { SessionGate } from './features/session/session-gate.js';
import { UploadPage } from './features/upload/upload-page.js';
import { LazyPlace } from './parts/lazy-place.js';
import { PageFrame } from './parts/page-frame.js';
import { useTitle } from './parts/use-title.js';
import { useChosenSpeech } from './texts/language-store.js';
import { SpeechContext, useSpeech } from './texts/texts.js';

const RecordsPage = lazy(async () => ({
  default: (await import('./features/records/records-page.js')).RecordsPage,
}));
const NotificationsPage = lazy(async () => ({
  default: (await import('./features/notifications/notifications-page.js')).NotificationsPage,
}));
const WebhooksPage = lazy(async () => ({
  default: (await import('./features/webhooks/webhooks-page.js')).WebhooksPage,
}));
const WebhookPage = lazy(async () => ({
  default: (await import('./features/webhooks/webhook-page.js')).WebhookPage,
}));
const KeysPage = lazy(async () => ({ default: (await import('./features/keys/keys-page.js')).KeysPage }));
const SettingsPage = lazy(async () => ({
  default: (await import('./features/settings/settings-page.js')).SettingsPage,
}));

/** @param link the token of the link to sign in that opened the page; null for any other address */
export function App({ link }: { readonly link: string | null }): ReactNode {
  const speech = useChosenSpeech();
  useEffect(() => {
    document.documentElement.lang = speech.language;
  }, [speech.language]);
  return (
    <SpeechContext value={speech}>
      <Router base="/app">
        <SessionGate link={link}>
          <PageFrame>
            <Places />
          </PageFrame>
        </SessionGate>
      </Router>
    </SpeechContext>
  );
}

/** The places of the page. Their addresses are in mails and bookmarks, so they stay. */
function Places(): ReactNode {
  const [location] = useLocation();
  useEffect(() => {
    if (location !== '') scrollTo(0, 0);
  }, [location]);
  return (
    <Switch>
      <Route path="/" component={ImportPage} />
      <Route path="/uploads/:id">{({ id }) => <UploadPage key={id} id={id} />}</Route>
      <Route path="/campaigns" component={CampaignsPage} />
      {recordKinds.map((kind) => (
        <Route key={kind} path={`/campaigns/:id/${kind}`}>
          {({ id }) => (
            <LazyPlace>
              <RecordsPage key={id} id={id} kind={kind} />
            </LazyPlace>
          )}
        </Route>
      ))}
      <Route path="/campaigns/:id">{({ id }) => <CampaignPage key={id} id={id} />}</Route>
      <Route path="/notifications">
        <LazyPlace>
          <NotificationsPage />
        </LazyPlace>
      </Route>
      <Route path="/webhooks">
        <LazyPlace>
          <WebhooksPage />
        </LazyPlace>
      </Route>
      <Route path="/webhooks/:id">
        {({ id }) => (
          <LazyPlace>
            <WebhookPage key={id} id={id} />
          </LazyPlace>
        )}
      </Route>
      <Route path="/keys">
        <LazyPlace>
          <KeysPage />
        </LazyPlace>
      </Route>
      <Route path="/settings">
        <LazyPlace>
          <SettingsPage />
        </LazyPlace>
      </Route>
      <Route component={NotFound} />
    </Switch>
  );
}

function NotFound(): ReactNode {
  const { texts } = useSpeech();
  useTitle(texts.notFound.title);
  return (
    <div className="stack">
      <h1>{texts.notFound.title}</h1>
      <p>{texts.notFound.text}</p>
      <Link href="/">{texts.notFound.back}</Link>
    </div>
  );
}
