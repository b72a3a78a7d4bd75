import type { Schemas } from '@pledgeline/client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useId, useState } from 'react';
import { useLocation } from 'wouter';
import { client } from '../../api/client.js';
import { campaignQuery, campaignsQuery, uploadsQuery } from '../../api/queries.js';
import { Asked } from '../../parts/asked.js';
import { Failed } from '../../parts/state.js';
import { useSpeech } from '../../texts/texts.js';

/** Moves everything of a campaign to another one, for a campaign that a typo has made. */
export function MergeCampaign({ campaign }: { readonly campaign: Schemas['Campaign'] }): ReactNode {
  const { texts } = useSpeech();
  const queries = useQueryClient();
  const [, navigate] = useLocation();
  const [into, setInto] = useState('');
  const fieldId = useId();
  const { id, name } = campaign;
  const { data: campaigns = [] } = useQuery(campaignsQuery);
  const others = campaigns.filter((other) => other.id !== id);
  const chosen = others.find((other) => other.id === into);
  const merging = useMutation({
    mutationFn: (target: string) =>
      client.post('/v1/campaigns/{id}/merge', { path: { id }, body: { into: target } }),
    onSuccess: async (target) => {
      navigate(`/campaigns/${target.id}`);
      queries.removeQueries({ queryKey: campaignQuery(id).queryKey });
      await queries.invalidateQueries({ queryKey: ['campaign'] });
      await queries.invalidateQueries({ queryKey: campaignsQuery.queryKey });
      await queries.invalidateQueries({ queryKey: uploadsQuery.queryKey });
    },
  });
  if (others.length === 0) return null;
  return (
    <div className="stack">
      <div className="field">
        <label htmlFor={fieldId}>{texts.manage.mergeInto}</label>
        <div className="joined">
          <select id={fieldId} value={into} onChange={({ target }) => setInto(target.value)}>
            <option value="">{texts.manage.chooseCampaign}</option>
            {others.map((other) => (
              <option key={other.id} value={other.id}>
                {other.name}
              </option>
            ))}
          </select>
          <Asked
            text={texts.manage.merge}
            question={texts.manage.mergeAsk(name, chosen?.name ?? '')}
            isDisabled={chosen === undefined || merging.isPending}
            onYes={() => chosen !== undefined && merging.mutate(chosen.id)}
          />
        </div>
        <p className="hint">{texts.manage.mergeText}</p>
      </div>
      {merging.error !== null && <Failed error={merging.error} title={texts.errors.refused} />}
    </div>
  );
}
