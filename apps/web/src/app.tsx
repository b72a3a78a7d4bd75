import { lazy, type ReactNode, useEffect } from 'react';
import { Link, Route, Router, Switch, useLocation } from 'wouter';
import { CampaignPage } from './features/campaign/campaign-page.js';
import { CampaignsPage } from './features/campaign/campaigns-page.js';
import { ImportPage } from './features/import/import-page.js';
import { RecordsPage, recordKinds } from './features/records/records-page.js';
import { SessionGate } from './features/session/session-gate.js';
import { UploadPage } from './features/upload/upload-page.js';
import { Late } from './parts/late.js';
import { PageFrame } from './parts/page-frame.js';
import { useTitle } from './parts/use-title.js';
import { useChosenSpeech } from './texts/language-store.js';
import { SpeechContext, useSpeech } from './texts/texts.js';

const HistoryPage = lazy(() =>
  import('./features/review/history-page.js').then((part) => ({ default: part.HistoryPage })),
);
const RemapPage = lazy(() =>
  import('./features/mapping/remap-page.js').then((part) => ({ default: part.RemapPage })),
);
/** Whoever looks at an import does not load what only corrects it. */
const RejectsPage = lazy(async () => {
  const { RejectsPage: page } = await import('./features/rejects/rejects-page.js');
  return { default: page };
});

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
      <Route path="/uploads/:id/rejects">
        {({ id }) => (
          <Late>
            <RejectsPage key={id} id={id} />
          </Late>
        )}
      </Route>
      <Route path="/uploads/:id">{({ id }) => <UploadPage key={id} id={id} />}</Route>
      <Route path="/uploads/:id/changes">
        {({ id }) => (
          <Late>
            <HistoryPage key={id} id={id} />
          </Late>
        )}
      </Route>
      <Route path="/uploads/:id/columns">
        {({ id }) => (
          <Late>
            <RemapPage key={id} id={id} />
          </Late>
        )}
      </Route>
      <Route path="/campaigns" component={CampaignsPage} />
      {recordKinds.map((kind) => (
        <Route key={kind} path={`/campaigns/:id/${kind}`}>
          {({ id }) => <RecordsPage key={id} id={id} kind={kind} />}
        </Route>
      ))}
      <Route path="/campaigns/:id">{({ id }) => <CampaignPage key={id} id={id} />}</Route>
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
