import type { Schemas } from '@pledgeline/client';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { useLocation } from 'wouter';
import { client } from '../../api/client.js';
import { campaignQuery, campaignsQuery, uploadsQuery } from '../../api/queries.js';
import { withTag } from '../../api/with-tag.js';
import { Failed, Loading } from '../../parts/state.js';
import { useSpeech } from '../../texts/texts.js';

/** The campaign as the person sees it when they decide. */
const seenQuery = (id: string) =>
  queryOptions({
    queryKey: [...campaignQuery(id).queryKey, 'seen'],
    queryFn: ({ signal }) =>
      withTag((onHeaders) => client.get('/v1/campaigns/{id}', { path: { id }, signal, onHeaders })),
  });

/** Deletes a campaign with everything in it, once the person has written its name. */
export function DeleteCampaign({ id }: { readonly id: string }): ReactNode {
  const { data: seen, error, refetch } = useQuery(seenQuery(id));
  if (seen !== undefined) return <DeleteForm campaign={seen.answer} tag={seen.tag} />;
  return error === null ? <Loading /> : <Failed error={error} onRetry={() => void refetch()} />;
}

interface DeleteFormProps {
  readonly campaign: Schemas['Campaign'];
  readonly tag: string;
}

function DeleteForm({ campaign, tag }: DeleteFormProps): ReactNode {
  const { texts, format } = useSpeech();
  const queries = useQueryClient();
  const [, navigate] = useLocation();
  const [typed, setTyped] = useState('');
  const [isWrong, setWrong] = useState(false);
  const fieldId = useId();
  const problemId = useId();
  const { id, name } = campaign;
  const removing = useMutation({
    mutationFn: () => client.delete('/v1/campaigns/{id}', { path: { id }, headers: { 'if-match': tag } }),
    onSuccess: async () => {
      navigate('/campaigns');
      queries.removeQueries({ queryKey: campaignQuery(id).queryKey });
      await queries.invalidateQueries({ queryKey: campaignsQuery.queryKey });
      await queries.invalidateQueries({ queryKey: uploadsQuery.queryKey });
    },
    // Where it has changed meanwhile, the person decides about what it is now.
    onError: () => queries.invalidateQueries({ queryKey: seenQuery(id).queryKey }),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const isSame = typed.trim() === name;
    setWrong(!isSame);
    if (isSame) removing.mutate();
  };
  const uploads = campaign.uploads.total;
  return (
    <form className="stack" onSubmit={submit} noValidate>
      <div className="field">
        <label htmlFor={fieldId}>{texts.manage.remove}</label>
        <p className="hint">{texts.manage.removeText(name, uploads, format.number(uploads))}</p>
        <div className="joined">
          <input
            id={fieldId}
            autoComplete="off"
            spellCheck={false}
            value={typed}
            aria-invalid={isWrong}
            aria-describedby={problemId}
            onChange={({ target }) => {
              setTyped(target.value);
              setWrong(false);
            }}
          />
          <button type="submit" className="button danger" disabled={removing.isPending}>
            {texts.manage.removeSubmit}
          </button>
        </div>
      </div>
      <div id={problemId} role="alert">
        {isWrong && (
          <div className="message wrong">
            <p>{texts.manage.otherName(name)}</p>
          </div>
        )}
      </div>
      {removing.error !== null && <Failed error={removing.error} title={texts.errors.refused} />}
    </form>
  );
}
