import type { Upload } from '@pledgeline/client';
import type { ReactNode } from 'react';
import { useSpeech } from '../../texts/texts.js';

/** How far an import is. Its height never changes, so nothing jumps below it. */
export function LiveProgress({ upload }: { readonly upload: Upload }): ReactNode {
  const { texts, format } = useSpeech();
  const { phase, percent, rowsDone, rowsTotal, rowsPerSecond, secondsLeft } = upload.progress;
  const done = format.number(rowsDone);
  const speed = [
    rowsPerSecond === null ? null : texts.upload.perSecond(format.number(rowsPerSecond)),
    secondsLeft === null ? null : texts.upload.left(format.duration(secondsLeft)),
  ].filter((each) => each !== null);
  return (
    <section className="card" aria-labelledby="progress">
      <div className="between">
        <h2 id="progress" role="status">
          {texts.upload.phases[phase]}
        </h2>
        <strong className="right">{format.percent(percent / 100)}</strong>
      </div>
      <progress value={percent} max={100} aria-labelledby="progress" />
      <div className="between steady">
        <span>
          {rowsTotal === null
            ? texts.upload.rowsSoFar(done)
            : texts.upload.rowsOf(done, format.number(rowsTotal))}
        </span>
        <span className="quiet">{speed.join(' · ')}</span>
      </div>
      <p className="quiet small">{texts.upload.leave}</p>
    </section>
  );
}
