import { ProblemError, type Upload } from '@pledgeline/client';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link, useSearch } from 'wouter';
import { uploadQuery } from '../../api/queries.js';
import { Blank, Failed, Loading } from '../../parts/state.js';
import { useTitle } from '../../parts/use-title.js';
import { useSpeech } from '../../texts/texts.js';
import { CorrectingView } from './correcting-view.js';
import { MadeGood } from './made-good.js';
import { useRejects } from './use-rejects.js';

/** The rejected rows of an import, to be corrected in place and sent again. */
export function RejectsPage({ id }: { readonly id: string }): ReactNode {
  const { texts } = useSpeech();
  const { data: upload, error, refetch } = useQuery(uploadQuery(id));
  const asked = new URLSearchParams(useSearch()).get('file');
  const file = asked !== null && /^\d{1,6}$/.test(asked) ? Number(asked) : undefined;
  useTitle(texts.correcting.title);
  if (upload === undefined) {
    return error === null ? <Loading /> : <Failed error={error} onRetry={() => void refetch()} />;
  }
  return (
    <>
      <div className="tight">
        <h1>{texts.correcting.title}</h1>
        <p className="quiet">
          <Link href={`/uploads/${upload.id}`}>{upload.filename ?? texts.imports.unnamed}</Link> ·{' '}
          {upload.campaign}
        </p>
      </div>
      <MadeGood upload={upload} />
      {upload.rows.rejected === 0 ? (
        <Blank>{texts.rejects.none}</Blank>
      ) : (
        <RejectsOfFile key={file} upload={upload} file={file} />
      )}
    </>
  );
}

interface FileProps {
  readonly upload: Upload;
  readonly file: number | undefined;
}

function RejectsOfFile({ upload, file }: FileProps): ReactNode {
  const { texts, format } = useSpeech();
  const { opened, retry } = useRejects(upload.id, file);
  switch (opened.kind) {
    case 'reading':
      return (
        <div className="card">
          <p className="blank" role="status">
            {texts.correcting.reading(format.bytes(opened.bytes))}
          </p>
        </div>
      );
    case 'failed':
      if (opened.error instanceof ProblemError && opened.error.code === 'several_files') {
        return <FileChoice files={opened.error.problem.files ?? []} uploadId={upload.id} />;
      }
      return <Failed error={opened.error} onRetry={retry} />;
    case 'open':
      return <CorrectingView upload={upload} store={opened.store} file={file} />;
  }
}

interface ChoiceProps {
  readonly uploadId: string;
  readonly files: readonly {
    readonly file: number;
    readonly name?: string | null;
    readonly sheet?: string | null;
    readonly rejected?: number;
  }[];
}

/** Several files of an archive have rejected rows, each with columns of its own. */
function FileChoice({ uploadId, files }: ChoiceProps): ReactNode {
  const { texts, format } = useSpeech();
  return (
    <section className="card" aria-labelledby="files">
      <h2 id="files">{texts.correcting.chooseFile}</h2>
      <ul className="stack plain-list">
        {files.map(({ file, name, sheet, rejected = 0 }) => (
          <li key={file}>
            <Link href={`/uploads/${uploadId}/rejects?file=${file}`}>
              {[name, sheet].filter((part) => part != null).join(' / ') || String(file + 1)}
            </Link>{' '}
            <span className="quiet">{texts.rejects.times(rejected, format.number(rejected))}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
