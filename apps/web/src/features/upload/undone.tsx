import type { ReactNode } from 'react';
import { useSpeech } from '../../texts/texts.js';

/** An import that was taken back. */
export function Undone(): ReactNode {
  const { texts } = useSpeech();
  return (
    <section className="card" aria-labelledby="undone">
      <h2 id="undone">{texts.moves.undoneTitle}</h2>
      <p className="quiet">{texts.moves.undoneText}</p>
    </section>
  );
}
