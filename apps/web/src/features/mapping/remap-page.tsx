import type { Schemas, Upload } from '@pledgeline/client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { client } from '../../api/client.js';
import { uploadFilesQuery, uploadQuery, uploadsQuery } from '../../api/queries.js';
import { Blank, Failed, Loading } from '../../parts/state.js';
import { useTitle } from '../../parts/use-title.js';
import { useSpeech } from '../../texts/texts.js';
import { type FileAnswers, firstAnswers, type UnknownFile, writeAnswers } from './file-answers.js';
import { FileMapping } from './file-mapping.js';
import { answersAsRead, asRead } from './read-answers.js';

/** Says again what the columns of an upload are that was imported. What that changes is shown before it is done. */
export function RemapPage({ id }: { readonly id: string }): ReactNode {
  const { texts } = useSpeech();
  const { data: upload, error, refetch } = useQuery(uploadQuery(id));
  useTitle(texts.remap.title);
  if (upload === undefined) {
    return error === null ? <Loading /> : <Failed error={error} onRetry={() => void refetch()} />;
  }
  return (
    <>
      <div className="tight">
        <h1>{texts.remap.title}</h1>
        <p className="quiet">
          <Link href={`/uploads/${id}`}>{upload.filename ?? texts.imports.unnamed}</Link>
        </p>
        <p className="quiet">{texts.remap.text}</p>
      </div>
      <Files upload={upload} />
    </>
  );
}

function Files({ upload }: { readonly upload: Upload }): ReactNode {
  const { texts } = useSpeech();
  const headers = useQuery({
    queryKey: ['upload', upload.id, 'every-mapping'],
    queryFn: async ({ signal }) => {
      const files: UnknownFile[] = [];
      const input = { path: { id: upload.id }, query: { all: 'true' }, signal } as const;
      for await (const file of client.entries('/v1/uploads/{id}/mapping', input)) files.push(file);
      return files;
    },
    // What a person is filling in must not change below their hands.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  const reports = useQuery({ ...uploadFilesQuery(upload.id), staleTime: Number.POSITIVE_INFINITY });
  if (headers.data === undefined || reports.data === undefined) {
    const error = headers.error ?? reports.error;
    const retry = (): void => {
      void headers.refetch();
      void reports.refetch();
    };
    return error === null ? <Loading /> : <Failed error={error} onRetry={retry} />;
  }
  if (headers.data.length === 0) return <Blank>{texts.remap.purged}</Blank>;
  return <Form upload={upload} files={pairsOf(headers.data, reports.data)} />;
}

interface ReadFile {
  readonly file: UnknownFile;
  readonly first: FileAnswers;
}

function pairsOf(headers: readonly UnknownFile[], reports: readonly Schemas['File'][]): readonly ReadFile[] {
  return headers.map((file) => {
    const report = reports[file.file];
    if (report === undefined) return { file, first: { ...firstAnswers(file), isSkipped: true } };
    return { file: asRead(file, report), first: answersAsRead(file, report) };
  });
}

interface FormProps {
  readonly upload: Upload;
  readonly files: readonly ReadFile[];
}

function Form({ upload: { id }, files }: FormProps): ReactNode {
  const { texts } = useSpeech();
  const queries = useQueryClient();
  const [, navigate] = useLocation();
  const [answers, setAnswers] = useState(() => files.map(({ first }) => first));
  const sending = useMutation({
    mutationFn: () => {
      const said = files.flatMap(({ file }, at) => {
        const answer = answers[at];
        return answer === undefined || answer.isSkipped ? [] : [writeAnswers(file, answer)];
      });
      const body = { review: true, ...(said.length > 0 && { files: said }) };
      return client.post('/v1/uploads/{id}/remap', { path: { id }, body });
    },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: uploadQuery(id).queryKey });
      await queries.invalidateQueries({ queryKey: uploadsQuery.queryKey });
      navigate(`/uploads/${id}`);
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    sending.mutate();
  };
  const change = (at: number) => (changed: FileAnswers) => {
    // What was refused is being corrected.
    sending.reset();
    setAnswers((all) => all.map((each, index) => (index === at ? changed : each)));
  };
  return (
    <form className="stack" onSubmit={submit}>
      {files.map(({ file, first }, at) => (
        <FileMapping
          key={file.file}
          file={file}
          isOnly={files.length === 1}
          isRead
          answers={answers[at] ?? first}
          onChange={change(at)}
        />
      ))}
      {sending.error !== null && <Failed error={sending.error} title={texts.errors.refused} />}
      <div className="row">
        <button type="submit" className="button" disabled={sending.isPending}>
          {sending.isPending ? texts.mapping.working : texts.remap.submit}
        </button>
        <Link href={`/uploads/${id}`} className="button plain">
          {texts.remap.back}
        </Link>
      </div>
    </form>
  );
}
