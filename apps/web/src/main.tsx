import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.js';
import { noticeError } from './features/session/session.js';
import { takeLink } from './features/session/take-link.js';
import { reloadWhenOutdated } from './parts/reload-when-outdated.js';
import './style.css';

const onError = (error: Error): void => noticeError(queries, error);

const queries = new QueryClient({
  queryCache: new QueryCache({ onError }),
  mutationCache: new MutationCache({ onError }),
  // The client tries again by itself where that makes sense.
  defaultOptions: { queries: { retry: false, staleTime: 5_000 } },
});

reloadWhenOutdated();

const root = document.getElementById('page');
if (root === null) throw new Error('index.html has no element "page"');
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <App link={takeLink()} />
    </QueryClientProvider>
  </StrictMode>,
);
