import { type DragEvent, type ReactNode, useRef, useState } from 'react';
import { useSpeech } from '../../texts/texts.js';

/** Takes one file, dropped or chosen. */
export function DropZone({ onFile }: { readonly onFile: (file: File) => void }): ReactNode {
  const { texts } = useSpeech();
  const [isOver, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const take = (files: FileList | null): void => {
    const file = files?.[0];
    if (file !== undefined) onFile(file);
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files);
  };
  const hover = (event: DragEvent): void => {
    // Without this the browser would open the file instead.
    event.preventDefault();
    setOver(true);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button inside does the same for keyboards
    <div
      className={isOver ? 'drop over' : 'drop'}
      onDragOver={hover}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.6" aria-hidden="true">
        <path d="M12 15V4m0 0L7.5 8.5M12 4l4.5 4.5M4 15v3a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2v-3" />
      </svg>
      <p>
        {texts.imports.drop}{' '}
        <button type="button" className="link" onClick={() => input.current?.click()}>
          {texts.imports.choose}
        </button>
      </p>
      <p className="quiet small">{texts.imports.kinds}</p>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={texts.imports.chooseLabel}
        onChange={({ target }) => take(target.files)}
      />
    </div>
  );
}
