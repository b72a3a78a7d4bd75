import type { Upload } from '@pledgeline/client';
import type { ReactNode } from 'react';
import { ProgressCard } from '../../parts/progress-card.js';
import { useSpeech } from '../../texts/texts.js';

/** How far an import is, or the comparison that shows what it would change. */
export function LiveProgress({ upload }: { readonly upload: Upload }): ReactNode {
  const { texts, format } = useSpeech();
  const { phase, percent, rowsDone, rowsTotal, rowsPerSecond, secondsLeft } = upload.progress;
  const done = format.number(rowsDone);
  const pace = [
    rowsPerSecond === null ? null : texts.upload.perSecond(format.number(rowsPerSecond)),
    secondsLeft === null ? null : texts.upload.left(format.duration(secondsLeft)),
  ].filter((each) => each !== null);
  const phases = upload.review ? { ...texts.upload.phases, ...texts.review.phases } : texts.upload.phases;
  return (
    <ProgressCard
      title={phases[phase]}
      percent={percent}
      done={
        rowsTotal === null
          ? texts.upload.rowsSoFar(done)
          : texts.upload.rowsOf(done, format.number(rowsTotal))
      }
      pace={pace.join(' · ')}
      note={upload.review ? texts.review.leave : texts.upload.leave}
    />
  );
}
