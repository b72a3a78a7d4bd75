import { Component, type ReactNode, Suspense } from 'react';
import { useSpeech } from '../texts/texts.js';
import { Loading } from './state.js';

/** A screen whose script is loaded when somebody goes there. */
export function LazyPlace({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <ScriptBoundary>
      <Suspense fallback={<Loading />}>{children}</Suspense>
    </ScriptBoundary>
  );
}

interface BoundaryState {
  readonly hasFailed: boolean;
}

/** A script is not there without network, or after a deploy has replaced it. React has no hook for this. */
class ScriptBoundary extends Component<{ readonly children: ReactNode }, BoundaryState> {
  override state: BoundaryState = { hasFailed: false };

  static getDerivedStateFromError(): BoundaryState {
    return { hasFailed: true };
  }

  override render(): ReactNode {
    return this.state.hasFailed ? <ScriptMissing /> : this.props.children;
  }
}

function ScriptMissing(): ReactNode {
  const { texts } = useSpeech();
  return (
    <div className="message wrong" role="alert">
      <strong>{texts.place.missing}</strong>
      <p>{texts.place.missingText}</p>
      <button type="button" className="button plain" onClick={() => location.reload()}>
        {texts.place.reload}
      </button>
    </div>
  );
}
