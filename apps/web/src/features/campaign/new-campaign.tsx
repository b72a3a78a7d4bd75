import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { useLocation } from 'wouter';
import { client } from '../../api/client.js';
import { describeError } from '../../api/describe-error.js';
import { campaignsQuery } from '../../api/queries.js';
import { useSpeech } from '../../texts/texts.js';

/** Makes a campaign before its first import. */
export function NewCampaign(): ReactNode {
  const { texts } = useSpeech();
  const queries = useQueryClient();
  const [, navigate] = useLocation();
  const [name, setName] = useState('');
  const [isMissing, setMissing] = useState(false);
  const fieldId = useId();
  const problemId = useId();
  const making = useMutation({
    mutationFn: (wanted: string) => client.post('/v1/campaigns', { body: { name: wanted } }),
    onSuccess: async ({ id }) => {
      navigate(`/campaigns/${id}`);
      await queries.invalidateQueries({ queryKey: campaignsQuery.queryKey });
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const wanted = name.trim();
    setMissing(wanted === '');
    if (wanted !== '') making.mutate(wanted);
  };
  const problem = isMissing ? texts.campaign.empty : making.error && describeError(making.error, texts);
  return (
    <form className="card" onSubmit={submit} noValidate>
      <div className="field">
        <label htmlFor={fieldId}>{texts.manage.make}</label>
        <div className="joined">
          <input
            id={fieldId}
            autoComplete="off"
            maxLength={200}
            value={name}
            aria-invalid={problem !== null}
            aria-describedby={problemId}
            onChange={({ target }) => setName(target.value)}
          />
          <button type="submit" className="button" disabled={making.isPending}>
            {texts.manage.makeSubmit}
          </button>
        </div>
      </div>
      <div id={problemId} role="alert">
        {problem !== null && (
          <div className="message wrong">
            <p>{problem}</p>
          </div>
        )}
      </div>
    </form>
  );
}
