import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { client } from '../../api/client.js';
import { Failed, Loading } from '../../parts/state.js';
import { useTitle } from '../../parts/use-title.js';
import { useSpeech } from '../../texts/texts.js';
import { eventTitle } from '../notifications/event-tag.js';
import { useScope } from '../session/use-scope.js';
import { DeliveryLog } from './delivery-log.js';
import { WebhookActions } from './webhook-actions.js';
import { WebhookForm, type WebhookWishes } from './webhook-form.js';
import { type Webhook, webhookQuery, webhooksKey } from './webhook-queries.js';
import { WebhookState } from './webhook-state.js';

/** One webhook: what it gets, whether that arrives, and what can be done. */
export function WebhookPage({ id }: { readonly id: string }): ReactNode {
  const { texts } = useSpeech();
  const mayWrite = useScope('write');
  const { data: webhook, error, refetch } = useQuery(webhookQuery(id));
  useTitle(webhook?.url ?? texts.webhooks.title);
  if (webhook === undefined) {
    return error === null ? <Loading /> : <Failed error={error} onRetry={() => void refetch()} />;
  }
  return (
    <>
      <div className="tight">
        <p className="small">
          <Link href="/webhooks">{texts.webhooks.title}</Link>
        </p>
        <div className="row">
          <h1 className="address">{webhook.url}</h1>
          <WebhookState webhook={webhook} />
        </div>
        {webhook.description !== '' && <p className="quiet">{webhook.description}</p>}
      </div>
      <Trouble webhook={webhook} />
      {mayWrite && <WebhookActions webhook={webhook} />}
      <DeliveryLog id={id} />
      {mayWrite ? <ChangeWebhook webhook={webhook} /> : <Events webhook={webhook} />}
    </>
  );
}

/** Why nothing arrives, and what to do. */
function Trouble({ webhook: { disabled, failingSince } }: { readonly webhook: Webhook }): ReactNode {
  const { texts, format } = useSpeech();
  const text =
    disabled !== null && disabled.reason !== 'by_hand'
      ? texts.webhooks.offBecause[disabled.reason](format.dateTime(disabled.since))
      : disabled === null && failingSince !== null
        ? texts.webhooks.failingSince(format.dateTime(failingSince))
        : null;
  if (text === null) return null;
  return (
    <div className="message doubt">
      <p>{text}</p>
    </div>
  );
}

function ChangeWebhook({ webhook }: { readonly webhook: Webhook }): ReactNode {
  const { texts } = useSpeech();
  const queries = useQueryClient();
  const { id } = webhook;
  const changing = useMutation({
    mutationFn: ({ types, ...wishes }: WebhookWishes) =>
      client.patch('/v1/webhooks/{id}', { path: { id }, body: { ...wishes, types: [...types] } }),
    onSuccess: (changed) => {
      queries.setQueryData(webhookQuery(id).queryKey, changed);
      return queries.invalidateQueries({ queryKey: webhooksKey });
    },
  });
  return (
    <section className="card" aria-labelledby="change-webhook">
      <h2 id="change-webhook">{texts.webhooks.change}</h2>
      <WebhookForm
        start={webhook}
        submitText={texts.house.save}
        isPending={changing.isPending}
        error={changing.error}
        {...(changing.isSuccess && { note: texts.house.saved })}
        onSubmit={changing.mutate}
      />
    </section>
  );
}

function Events({ webhook: { types } }: { readonly webhook: Webhook }): ReactNode {
  const { texts } = useSpeech();
  return (
    <section className="card" aria-labelledby="events">
      <h2 id="events">{texts.webhooks.events}</h2>
      <ul>
        {types.map((type) => (
          <li key={type}>{eventTitle(type, texts)}</li>
        ))}
      </ul>
    </section>
  );
}
