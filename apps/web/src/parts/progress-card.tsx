import { type ReactNode, useId } from 'react';
import { useSpeech } from '../texts/texts.js';

interface ProgressCardProps {
  /** What happens at this moment. */
  readonly title: string;
  /** From 0 to 100. */
  readonly percent: number;
  /** How much is done, in words. */
  readonly done?: string;
  /** How fast it is, and how long it takes. */
  readonly pace?: string;
  readonly note: string;
}

/** How far something is. Its height never changes, so nothing jumps below it. */
export function ProgressCard({ title, percent, done, pace, note }: ProgressCardProps): ReactNode {
  const { format } = useSpeech();
  const titleId = useId();
  return (
    <section className="card" aria-labelledby={titleId}>
      <div className="between">
        <h2 id={titleId} role="status">
          {title}
        </h2>
        <strong className="right">{format.percent(percent / 100)}</strong>
      </div>
      <progress value={percent} max={100} aria-labelledby={titleId} />
      <div className="between steady">
        <span>{done}</span>
        <span className="quiet">{pace}</span>
      </div>
      <p className="quiet small">{note}</p>
    </section>
  );
}
