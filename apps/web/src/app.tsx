import { lazy, type ReactNode, useEffect } from 'react';
import { Link, Route, Router, Switch, useLocation } from 'wouter';
import { CampaignsPage } from './features/campaign/campaigns-page.js';
import { ImportPage } from './features/import/import-page.js';
import { recordKinds } from './features/records/record-kinds.js';
import { SessionGate } from './features/session/session-gate.js';
import { UploadPage } from './features/upload/upload-page.js';
import { Late } from './parts/late.js';
import { PageFrame } from './parts/page-frame.js';
import { useTitle } from './parts/use-title.js';
import { useChosenSpeech } from './texts/language-store.js';
import { SpeechContext, useSpeech } from './texts/texts.js';

// What nobody needs to see a first import is loaded when somebody goes there.
const CampaignPage = lazy(async () => ({
  default: (await import('./features/campaign/campaign-page.js')).CampaignPage,
}));
const HistoryPage = lazy(async () => ({
  default: (await import('./features/review/history-page.js')).HistoryPage,
}));
const KeysPage = lazy(async () => ({
  default: (await import('./features/keys/keys-page.js')).KeysPage,
}));
const NotificationsPage = lazy(async () => ({
  default: (await import('./features/notifications/notifications-page.js')).NotificationsPage,
}));
const RecordsPage = lazy(async () => ({
  default: (await import('./features/records/records-page.js')).RecordsPage,
}));
const RejectsPage = lazy(async () => ({
  default: (await import('./features/rejects/rejects-page.js')).RejectsPage,
}));
const RemapPage = lazy(async () => ({
  default: (await import('./features/mapping/remap-page.js')).RemapPage,
}));
const SettingsPage = lazy(async () => ({
  default: (await import('./features/settings/settings-page.js')).SettingsPage,
}));
const WebhookPage = lazy(async () => ({
  default: (await import('./features/webhooks/webhook-page.js')).WebhookPage,
}));
const WebhooksPage = lazy(async () => ({
  default: (await import('./features/webhooks/webhooks-page.js')).WebhooksPage,
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
    <Late key={location}>
      <Switch>
        <Route path="/" component={ImportPage} />
        <Route path="/uploads/:id">{({ id }) => <UploadPage key={id} id={id} />}</Route>
        <Route path="/uploads/:id/changes">{({ id }) => <HistoryPage key={id} id={id} />}</Route>
        <Route path="/uploads/:id/columns">{({ id }) => <RemapPage key={id} id={id} />}</Route>
        <Route path="/uploads/:id/rejects">{({ id }) => <RejectsPage key={id} id={id} />}</Route>
        <Route path="/campaigns" component={CampaignsPage} />
        {recordKinds.map((kind) => (
          <Route key={kind} path={`/campaigns/:id/${kind}`}>
            {({ id }) => <RecordsPage key={id} id={id} kind={kind} />}
          </Route>
        ))}
        <Route path="/campaigns/:id">{({ id }) => <CampaignPage key={id} id={id} />}</Route>
        <Route path="/notifications" component={NotificationsPage} />
        <Route path="/webhooks" component={WebhooksPage} />
        <Route path="/webhooks/:id">{({ id }) => <WebhookPage key={id} id={id} />}</Route>
        <Route path="/keys" component={KeysPage} />
        <Route path="/settings" component={SettingsPage} />
        <Route component={NotFound} />
      </Switch>
    </Late>
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
