import { type ReactNode, useState } from 'react';
import { useTitle } from '../../parts/use-title.js';
import { useSpeech } from '../../texts/texts.js';
import { PreviewView } from '../preview/preview-view.js';
import { DropZone } from './drop-zone.js';
import { nothingSaid } from './said.js';
import { SendForm } from './send-form.js';
import { UploadList } from './upload-list.js';
import { useSending } from './use-sending.js';

/** Where a person drops a file, sees what it is, and sends it; below it what was imported before. */
export function ImportPage(): ReactNode {
  const { texts } = useSpeech();
  const [file, setFile] = useState<File | null>(null);
  useTitle(texts.imports.title);
  return (
    <>
      <div className="tight">
        <h1>{texts.imports.title}</h1>
        <p className="quiet">{texts.imports.text}</p>
      </div>
      {file === null ? (
        <>
          <DropZone onFile={setFile} />
          <UploadList />
        </>
      ) : (
        <ChosenFile file={file} onOther={() => setFile(null)} />
      )}
    </>
  );
}

interface ChosenFileProps {
  readonly file: File;
  readonly onOther: () => void;
}

function ChosenFile({ file, onOther }: ChosenFileProps): ReactNode {
  const [said, setSaid] = useState(nothingSaid);
  const sending = useSending(file, said);
  return (
    <>
      <SendForm file={file} sending={sending} onOther={onOther} />
      {/* What is changed while the file leaves would be lost. */}
      {sending.progress === null && <PreviewView file={file} said={said} onSay={setSaid} />}
    </>
  );
}
