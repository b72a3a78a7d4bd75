import type { ReactNode } from 'react';
import { useSpeech } from '../../texts/texts.js';
import type { Sending } from './use-sending.js';

interface SendingViewProps {
  readonly file: File;
  readonly sending: Sending;
}

export function SendingView({ file, sending: { progress, isWaiting, cancel } }: SendingViewProps): ReactNode {
  const { texts, format } = useSpeech();
  const sent = progress?.sentBytes ?? 0;
  return (
    <section className="card" aria-labelledby="sending">
      <div className="between">
        <h2 id="sending">{texts.sending.title}</h2>
        <span className="quiet">{file.name}</span>
      </div>
      <progress value={sent} max={Math.max(1, file.size)} aria-labelledby="sending" />
      <p className="right">{texts.sending.sent(format.bytes(sent), format.bytes(file.size))}</p>
      <p className={isWaiting ? 'steady' : 'steady quiet'} role="status">
        {isWaiting ? texts.sending.waiting : texts.sending.resume}
      </p>
      <div>
        <button type="button" className="button plain" onClick={cancel}>
          {texts.sending.cancel}
        </button>
      </div>
    </section>
  );
}
