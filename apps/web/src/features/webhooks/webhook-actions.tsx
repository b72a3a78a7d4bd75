import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import { client } from '../../api/client.js';
import { Asked } from '../../parts/asked.js';
import { SecretOnce } from '../../parts/secret-once.js';
import { Failed } from '../../parts/state.js';
import { useSpeech } from '../../texts/texts.js';
import { useScope } from '../session/use-scope.js';
import { type Webhook, webhookQuery, webhooksKey, webhooksQuery } from './webhook-queries.js';

/** What can be done with a webhook by a key that may write. */
export function WebhookActions({ webhook }: { readonly webhook: Webhook }): ReactNode {
  const { texts } = useSpeech();
  const queries = useQueryClient();
  const [, navigate] = useLocation();
  const isAdmin = useScope('admin');
  const { id, enabled } = webhook;
  const path = { id };
  const refresh = () => queries.invalidateQueries({ queryKey: webhooksKey });
  const testing = useMutation({
    mutationFn: () => client.post('/v1/webhooks/{id}/test', { path }),
    onSuccess: refresh,
  });
  const switching = useMutation({
    mutationFn: () => client.patch('/v1/webhooks/{id}', { path, body: { enabled: !enabled } }),
    onSuccess: refresh,
  });
  const rotating = useMutation({
    mutationFn: () => client.post('/v1/webhooks/{id}/rotate-secret', { path }),
    onSuccess: refresh,
  });
  const removing = useMutation({
    mutationFn: () => client.delete('/v1/webhooks/{id}', { path }),
    onSuccess: async () => {
      navigate('/webhooks');
      queries.removeQueries({ queryKey: webhookQuery(id).queryKey });
      await queries.invalidateQueries({ queryKey: webhooksQuery.queryKey });
    },
  });
  const error = testing.error ?? switching.error ?? rotating.error ?? removing.error;
  return (
    <div className="stack">
      {error !== null && <Failed error={error} title={texts.errors.refused} />}
      {rotating.data !== undefined && (
        <SecretOnce
          label={texts.webhooks.secretOf(webhook.url)}
          secret={rotating.data.secret}
          onKept={rotating.reset}
        />
      )}
      <div className="row">
        <button
          type="button"
          className="button"
          disabled={testing.isPending}
          onClick={() => testing.mutate()}
        >
          {texts.webhooks.test}
        </button>
        <button
          type="button"
          className="button plain"
          disabled={switching.isPending}
          onClick={() => switching.mutate()}
        >
          {enabled ? texts.webhooks.pause : texts.webhooks.resume}
        </button>
        {isAdmin && (
          <>
            <Asked
              text={texts.webhooks.rotate}
              question={texts.webhooks.rotateAsk}
              isDisabled={rotating.isPending}
              onYes={() => rotating.mutate()}
            />
            <Asked
              text={texts.webhooks.remove}
              question={texts.webhooks.removeAsk}
              isDisabled={removing.isPending}
              onYes={() => removing.mutate()}
            />
          </>
        )}
        <span className="small" role="status">
          {testing.isSuccess && texts.webhooks.testSent}
        </span>
      </div>
    </div>
  );
}
