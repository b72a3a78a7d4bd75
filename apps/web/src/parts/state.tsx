import type { ReactNode } from 'react';
import { describeError } from '../api/describe-error.js';
import { useSpeech } from '../texts/texts.js';

export function Loading(): ReactNode {
  const { texts } = useSpeech();
  return (
    <p className="blank" role="status">
      {texts.loading}
    </p>
  );
}

interface FailedProps {
  readonly error: unknown;
  readonly title?: string;
  readonly onRetry?: () => void;
}

/** What went wrong, and a way on. */
export function Failed({ error, title, onRetry }: FailedProps): ReactNode {
  const { texts } = useSpeech();
  return (
    <div className="message wrong" role="alert">
      <strong>{title ?? texts.errors.title}</strong>
      <p>{describeError(error, texts)}</p>
      {onRetry !== undefined && (
        <button type="button" className="button plain" onClick={onRetry}>
          {texts.retry}
        </button>
      )}
    </div>
  );
}

export function Blank({ children }: { readonly children: ReactNode }): ReactNode {
  return <p className="blank">{children}</p>;
}
