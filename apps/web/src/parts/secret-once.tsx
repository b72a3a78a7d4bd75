import { type ReactNode, useId, useRef, useState } from 'react';
import { useSpeech } from '../texts/texts.js';

interface SecretOnceProps {
  /** What it is, such as the name of the key. */
  readonly label: string;
  readonly secret: string;
  readonly onKept: () => void;
}

/** A secret that nobody can look up again. It stays in sight until the person says that it is kept. */
export function SecretOnce({ label, secret, onKept }: SecretOnceProps): ReactNode {
  const { texts } = useSpeech();
  const field = useRef<HTMLInputElement>(null);
  const [said, setSaid] = useState('');
  const fieldId = useId();
  const copy = (): void => {
    field.current?.select();
    copyText(secret).then(
      () => setSaid(texts.secret.copied),
      // It is selected already, so the keyboard does what the browser refuses to a script.
      () => setSaid(texts.secret.copyByHand),
    );
  };
  return (
    <section className="message good" aria-label={texts.secret.title}>
      <strong>{texts.secret.title}</strong>
      <p>{texts.secret.text}</p>
      <div className="field wide">
        <label htmlFor={fieldId}>{label}</label>
        <input
          id={fieldId}
          ref={field}
          className="secret"
          readOnly
          spellCheck={false}
          value={secret}
          // biome-ignore lint/a11y/noAutofocus: what has just been made is what the person came for
          autoFocus
          onFocus={({ target }) => target.select()}
        />
      </div>
      <div className="row">
        <button type="button" className="button" onClick={copy}>
          {texts.secret.copy}
        </button>
        <button type="button" className="button plain" onClick={onKept}>
          {texts.secret.kept}
        </button>
        <span className="small" role="status">
          {said}
        </span>
      </div>
    </section>
  );
}

/** Browsers have no clipboard for pages without encryption. */
async function copyText(text: string): Promise<void> {
  if (!('clipboard' in navigator)) throw new Error('The browser has no clipboard for this page');
  await navigator.clipboard.writeText(text);
}
