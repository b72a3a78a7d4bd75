import { Component, type ReactNode } from 'react';
import { useSpeech } from '../texts/texts.js';

interface ErrorBoundaryProps {
  readonly children: ReactNode;
}

interface Failure {
  readonly hasFailed: boolean;
}

/** Says that a part of the page cannot be shown, in its place, and keeps what is around it. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, Failure> {
  override state: Failure = { hasFailed: false };

  static getDerivedStateFromError(): Failure {
    return { hasFailed: true };
  }

  override render(): ReactNode {
    return this.state.hasFailed ? <Outdated /> : this.props.children;
  }
}

/** In place of a part of the page that cannot be loaded or shown: mostly the page is older than the server. */
export function Outdated(): ReactNode {
  const { texts } = useSpeech();
  return (
    <div className="message wrong" role="alert">
      <strong>{texts.errors.outdated}</strong>
      <p>{texts.errors.outdatedText}</p>
      <button type="button" className="button plain" onClick={() => location.reload()}>
        {texts.errors.reload}
      </button>
    </div>
  );
}
