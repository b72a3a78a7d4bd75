import { type ReactNode, useState } from 'react';
import { useTitle } from '../../parts/use-title.js';
import { useSpeech } from '../../texts/texts.js';
import { PreviewView } from '../preview/preview-view.js';
import { DropZone } from './drop-zone.js';
import { SendForm } from './send-form.js';
import { UploadList } from './upload-list.js';

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
        <>
          <SendForm file={file} onOther={() => setFile(null)} />
          <PreviewView file={file} />
        </>
      )}
    </>
  );
}
