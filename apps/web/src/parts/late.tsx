import { type ReactNode, Suspense } from 'react';
import { ErrorBoundary } from './error-boundary.js';
import { Loading } from './state.js';

/** Around what is loaded only when it is needed. */
export function Late({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <ErrorBoundary>
      <Suspense fallback={<Loading />}>{children}</Suspense>
    </ErrorBoundary>
  );
}
