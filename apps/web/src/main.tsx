import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { isSignedOut } from './api/describe-error.js';
import { App } from './app.js';
import { sessionQuery } from './features/session/session.js';
import { takeLink } from './features/session/take-link.js';
import './style.css';

/** Whoever finds out first that the session has ended: the way in is shown, and the address stays. */
const onError = (error: Error): void => {
  if (isSignedOut(error)) queries.setQueryData(sessionQuery.queryKey, null);
};

const queries = new QueryClient({
  queryCache: new QueryCache({ onError }),
  mutationCache: new MutationCache({ onError }),
  // The client tries again by itself where that makes sense.
  defaultOptions: { queries: { retry: false, staleTime: 5_000 } },
});

const root = document.getElementById('page');
if (root === null) throw new Error('index.html has no element "page"');
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <App link={takeLink()} />
    </QueryClientProvider>
  </StrictMode>,
);
