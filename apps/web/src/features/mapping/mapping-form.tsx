import type { Upload } from '@pledgeline/client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { mappingQuery, uploadQuery } from '../../api/queries.js';
import { Failed, Loading } from '../../parts/state.js';
import { Tick } from '../../parts/tick.js';
import { useSpeech } from '../../texts/texts.js';
import { answersFor, putMapping, readRefused } from './answer-mapping.js';
import type { FileAnswers, UnknownFile } from './file-answers.js';
import { FileMapping } from './file-mapping.js';

/** Asks what must be known of the unknown files of an upload; then the import begins. */
export function MappingForm({ upload }: { readonly upload: Upload }): ReactNode {
  const { data: files, error, refetch } = useQuery(mappingQuery(upload.id));
  if (files === undefined) {
    return error === null ? <Loading /> : <Failed error={error} onRetry={() => void refetch()} />;
  }
  return <Form upload={upload} files={files} />;
}

interface FormProps {
  readonly upload: Upload;
  readonly files: readonly UnknownFile[];
}

function Form({ upload: { id, review: isReview }, files }: FormProps): ReactNode {
  const { texts } = useSpeech();
  const queries = useQueryClient();
  const [refused, setRefused] = useState(() => readRefused(queries, id));
  const [answers, setAnswers] = useState(
    () => new Map(files.map((file) => [file.file, answersFor(file, refused?.answers)])),
  );
  const [name, setName] = useState(refused?.saveAs ?? '');
  const [review, setReview] = useState(isReview);
  const nameId = useId();
  const answering = useMutation({
    mutationFn: () => putMapping(queries, id, files, { answers, saveAs: name, review }),
    onSuccess: () => queries.invalidateQueries({ queryKey: uploadQuery(id).queryKey }),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setRefused(undefined);
    answering.mutate();
  };
  const change = (file: number) => (changed: FileAnswers) => {
    // What was refused is being corrected.
    answering.reset();
    setRefused(undefined);
    setAnswers((all) => new Map(all).set(file, changed));
  };
  const error = answering.error ?? refused?.error ?? null;
  const begin = review ? texts.review.sendPlain : texts.mapping.submit;
  const submitText = answering.isPending ? texts.mapping.working : begin;
  return (
    <form className="stack" onSubmit={submit}>
      <div className="tight">
        <h2>{texts.upload.questionsTitle}</h2>
        <p className="quiet">{texts.mapping.text}</p>
      </div>
      {files.map((file) => (
        <FileMapping
          key={file.file}
          file={file}
          isOnly={files.length === 1}
          answers={answersFor(file, answers)}
          onChange={change(file.file)}
        />
      ))}
      <div className="card">
        <div className="field">
          <label htmlFor={nameId}>{texts.mapping.saveAs}</label>
          <input
            id={nameId}
            value={name}
            maxLength={100}
            placeholder={texts.mapping.saveHint}
            onChange={({ target }) => setName(target.value)}
          />
        </div>
        <Tick text={texts.review.first} hint={texts.review.firstHint} isOn={review} onChange={setReview} />
        {error !== null && <Failed error={error} title={texts.errors.refused} />}
        <div>
          <button type="submit" className="button" disabled={answering.isPending}>
            {submitText}
          </button>
        </div>
      </div>
    </form>
  );
}
