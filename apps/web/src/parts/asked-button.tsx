import { type KeyboardEvent, type ReactNode, useState } from 'react';
import { useSpeech } from '../texts/texts.js';

interface AskedButtonProps {
  readonly text: string;
  readonly question: string;
  readonly isDisabled?: boolean;
  readonly onYes: () => void;
}

/** A button for what cannot be taken back: it asks first, in its own place. Afterwards the focus is where it was. */
export function AskedButton({ text, question, isDisabled = false, onYes }: AskedButtonProps): ReactNode {
  const { texts } = useSpeech();
  const [isAsking, setAsking] = useState(false);
  const [wasAsked, setAsked] = useState(false);
  if (!isAsking) {
    return (
      <button
        // biome-ignore lint/a11y/noAutofocus: it is where the person was before they were asked
        autoFocus={wasAsked}
        type="button"
        className="button plain"
        disabled={isDisabled}
        onClick={() => setAsking(true)}
      >
        {text}
      </button>
    );
  }
  const answer = (isYes: boolean): void => {
    setAsked(true);
    setAsking(false);
    if (isYes) onYes();
  };
  const leave = ({ key }: KeyboardEvent): void => {
    if (key === 'Escape') answer(false);
  };
  return (
    <div className="message doubt" role="alertdialog" aria-label={question} onKeyDown={leave}>
      <p>{question}</p>
      <div className="row">
        <button type="button" className="button" onClick={() => answer(true)}>
          {texts.upload.yes}
        </button>
        {/* biome-ignore lint/a11y/noAutofocus: the way back is next to the finger, and the focus must not be lost */}
        <button type="button" className="button plain" autoFocus onClick={() => answer(false)}>
          {texts.upload.no}
        </button>
      </div>
    </div>
  );
}
