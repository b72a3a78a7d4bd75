import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { useSpeech } from '../texts/texts.js';

interface AskedProps {
  readonly text: string;
  /** What is asked before anything happens: what it will do. */
  readonly question: string;
  readonly onYes: () => void;
  /** How the button looks. */
  readonly className?: string;
  /** What the button does and with what, where its text alone does not say it. */
  readonly label?: string;
  readonly isDisabled?: boolean;
}

/** A button for what has consequences: it asks first, in front of the page, so that nothing moves. */
export function Asked({
  text,
  question,
  onYes,
  className = 'button plain',
  label,
  isDisabled = false,
}: AskedProps): ReactNode {
  const [isAsking, setAsking] = useState(false);
  const trigger = useRef<HTMLButtonElement>(null);
  const answer = (isYes: boolean): void => {
    setAsking(false);
    trigger.current?.focus();
    if (isYes) onYes();
  };
  return (
    <>
      <button
        ref={trigger}
        type="button"
        className={className}
        aria-label={label}
        aria-haspopup="dialog"
        disabled={isDisabled}
        onClick={() => setAsking(true)}
      >
        {text}
      </button>
      {isAsking && <Question question={question} yes={text} onAnswer={answer} />}
    </>
  );
}

interface QuestionProps {
  readonly question: string;
  /** The text of the button for yes: what is done, and not "yes", which one must look up. */
  readonly yes: string;
  readonly onAnswer: (isYes: boolean) => void;
}

/** The browser keeps the focus inside, and takes the Escape key for no. */
function Question({ question, yes, onAnswer }: QuestionProps): ReactNode {
  const { texts } = useSpeech();
  const dialog = useRef<HTMLDialogElement>(null);
  const textId = useId();
  useEffect(() => dialog.current?.showModal(), []);
  const close = (isYes: boolean) => () => {
    dialog.current?.close();
    onAnswer(isYes);
  };
  return (
    <dialog
      ref={dialog}
      role="alertdialog"
      className="asked"
      aria-labelledby={textId}
      onClose={() => onAnswer(false)}
    >
      <p id={textId}>{question}</p>
      <div className="row">
        {/* biome-ignore lint/a11y/noAutofocus: who presses Enter without reading must not have agreed */}
        <button type="button" className="button plain" autoFocus onClick={close(false)}>
          {texts.upload.no}
        </button>
        <button type="button" className="button" onClick={close(true)}>
          {yes}
        </button>
      </div>
    </dialog>
  );
}
