import { Component, type ReactNode, Suspense } from 'react';
import { useSpeech } from '../texts/texts.js';
import { Loading } from './state.js';

interface LateProps {
  readonly children: ReactNode;
}

/** Around what is loaded only when it is needed. */
export function Late({ children }: LateProps): ReactNode {
  return (
    <Caught>
      <Suspense fallback={<Loading />}>{children}</Suspense>
    </Caught>
  );
}

/** A deploy takes away the parts of the page before, and a network may fail: loading the page again helps against both. */
class Caught extends Component<LateProps, { readonly hasFailed: boolean }> {
  override state: { readonly hasFailed: boolean } = { hasFailed: false };

  static getDerivedStateFromError(): { readonly hasFailed: boolean } {
    return { hasFailed: true };
  }

  override render(): ReactNode {
    return this.state.hasFailed ? <Missing /> : this.props.children;
  }
}

function Missing(): ReactNode {
  const { texts } = useSpeech();
  return (
    <div className="message wrong" role="alert">
      <strong>{texts.errors.title}</strong>
      <p>{texts.moves.partMissing}</p>
      <button type="button" className="button plain" onClick={() => location.reload()}>
        {texts.moves.reload}
      </button>
    </div>
  );
}
