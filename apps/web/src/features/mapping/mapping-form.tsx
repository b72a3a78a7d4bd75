import type { Upload } from '@pledgeline/client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { client } from '../../api/client.js';
import { mappingQuery, uploadQuery } from '../../api/queries.js';
import { Failed, Loading } from '../../parts/state.js';
import { Tick } from '../../parts/tick.js';
import { useSpeech } from '../../texts/texts.js';
import { type FileAnswers, firstAnswers, type UnknownFile, writeAnswers } from './file-answers.js';
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
  const [answers, setAnswers] = useState(() => files.map(firstAnswers));
  const [name, setName] = useState('');
  const [review, setReview] = useState(isReview);
  const nameId = useId();
  const answering = useMutation({
    mutationFn: () =>
      client.put('/v1/uploads/{id}/mapping', {
        path: { id },
        body: {
          files: files.map((file, at) => writeAnswers(file, answers[at] ?? firstAnswers(file))),
          ...(name.trim() !== '' && { saveAs: name.trim() }),
          review,
        },
      }),
    onSuccess: async () => {
      queries.removeQueries({ queryKey: mappingQuery(id).queryKey });
      await queries.invalidateQueries({ queryKey: uploadQuery(id).queryKey });
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    answering.mutate();
  };
  const change = (at: number) => (changed: FileAnswers) => {
    // What was refused is being corrected.
    answering.reset();
    setAnswers((all) => all.map((each, index) => (index === at ? changed : each)));
  };
  const begin = review ? texts.review.sendPlain : texts.mapping.submit;
  const submitText = answering.isPending ? texts.mapping.working : begin;
  return (
    <form className="stack" onSubmit={submit}>
      <div className="tight">
        <h2>{texts.upload.questionsTitle}</h2>
        <p className="quiet">{texts.mapping.text}</p>
      </div>
      {files.map((file, at) => (
        <FileMapping
          key={file.file}
          file={file}
          isOnly={files.length === 1}
          answers={answers[at] ?? firstAnswers(file)}
          onChange={change(at)}
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
        {answering.error !== null && <Failed error={answering.error} title={texts.errors.refused} />}
        <div>
          <button type="submit" className="button" disabled={answering.isPending}>
            {submitText}
          </button>
        </div>
      </div>
    </form>
  );
}
