import type { Schemas } from '@pledgeline/client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { client } from '../../api/client.js';
import { campaignQuery, campaignsQuery } from '../../api/queries.js';
import { Failed } from '../../parts/state.js';
import { useSpeech } from '../../texts/texts.js';
import { useScope } from '../session/use-scope.js';
import { DeleteCampaign } from './delete-campaign.js';
import { MergeCampaign } from './merge-campaign.js';

interface ManageCampaignProps {
  readonly campaign: Schemas['Campaign'];
}

/** What seldom has to be done with a campaign, folded away. */
export function ManageCampaign({ campaign }: ManageCampaignProps): ReactNode {
  const { texts } = useSpeech();
  const isAdmin = useScope('admin');
  return (
    <details className="card manage">
      <summary>
        <h2>{texts.manage.title}</h2>
      </summary>
      <div className="stack">
        <RenameCampaign campaign={campaign} />
        <ArchiveCampaign campaign={campaign} />
        {isAdmin && (
          <>
            <MergeCampaign campaign={campaign} />
            <DeleteCampaign id={campaign.id} />
          </>
        )}
      </div>
    </details>
  );
}

function useChange(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: { readonly name?: string; readonly archived?: boolean }) =>
      client.patch('/v1/campaigns/{id}', { path: { id }, body }),
    onSuccess: async (changed) => {
      queries.setQueryData(campaignQuery(id).queryKey, changed);
      // With it what deleting has seen: it asks for the name that the campaign has now.
      await queries.invalidateQueries({ queryKey: campaignQuery(id).queryKey });
      await queries.invalidateQueries({ queryKey: campaignsQuery.queryKey });
    },
  });
}

function RenameCampaign({ campaign: { id, name } }: ManageCampaignProps): ReactNode {
  const { texts } = useSpeech();
  const [draft, setDraft] = useState(name);
  const changing = useChange(id);
  const fieldId = useId();
  const wanted = draft.trim();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (wanted !== '' && wanted !== name) changing.mutate({ name: wanted });
  };
  return (
    <form className="stack" onSubmit={submit}>
      <div className="field">
        <label htmlFor={fieldId}>{texts.manage.name}</label>
        <div className="joined">
          <input
            id={fieldId}
            autoComplete="off"
            required
            maxLength={200}
            value={draft}
            onChange={({ target }) => setDraft(target.value)}
          />
          <button type="submit" className="button plain" disabled={changing.isPending}>
            {texts.manage.rename}
          </button>
        </div>
      </div>
      {changing.error !== null && <Failed error={changing.error} title={texts.errors.refused} />}
    </form>
  );
}

function ArchiveCampaign({ campaign: { id, archivedAt } }: ManageCampaignProps): ReactNode {
  const { texts } = useSpeech();
  const changing = useChange(id);
  const isArchived = archivedAt !== null;
  return (
    <div className="stack">
      <div className="between">
        <p className="quiet small">{isArchived ? texts.manage.archivedText : texts.manage.archiveText}</p>
        <button
          type="button"
          className="button plain"
          disabled={changing.isPending}
          onClick={() => changing.mutate({ archived: !isArchived })}
        >
          {isArchived ? texts.manage.restore : texts.manage.archive}
        </button>
      </div>
      {changing.error !== null && <Failed error={changing.error} title={texts.errors.refused} />}
    </div>
  );
}
