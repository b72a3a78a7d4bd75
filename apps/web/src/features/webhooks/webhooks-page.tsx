import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Link } from 'wouter';
import { client } from '../../api/client.js';
import { SecretOnce } from '../../parts/secret-once.js';
import { Blank, Failed, Loading } from '../../parts/state.js';
import { Table } from '../../parts/table.js';
import { useTitle } from '../../parts/use-title.js';
import { useSpeech } from '../../texts/texts.js';
import { useScope } from '../session/use-scope.js';
import { HouseLinks } from '../settings/house-links.js';
import { WebhookForm, type WebhookWishes } from './webhook-form.js';
import { webhookEvents, webhooksKey, webhooksQuery } from './webhook-queries.js';
import { WebhookState } from './webhook-state.js';

/** Which programs are told what happens. */
export function WebhooksPage(): ReactNode {
  const { texts } = useSpeech();
  const mayMake = useScope('admin');
  useTitle(texts.webhooks.title);
  return (
    <>
      <div className="tight">
        <h1>{texts.webhooks.title}</h1>
        <p className="quiet">{texts.webhooks.text}</p>
      </div>
      <HouseLinks />
      <section className="card" aria-label={texts.webhooks.title}>
        <Webhooks />
      </section>
      {mayMake && <NewWebhook />}
    </>
  );
}

function Webhooks(): ReactNode {
  const { texts, format } = useSpeech();
  const { data: webhooks, error, refetch } = useQuery(webhooksQuery);
  if (webhooks === undefined) {
    return error === null ? <Loading /> : <Failed error={error} onRetry={() => void refetch()} />;
  }
  if (webhooks.length === 0) return <Blank>{texts.webhooks.none}</Blank>;
  return (
    <Table
      caption={texts.webhooks.title}
      rows={webhooks}
      keyOf={({ id }) => id}
      columns={[
        {
          title: texts.webhooks.url,
          cell: ({ id, url, description }) => (
            <>
              <Link href={`/webhooks/${id}`} className="address">
                {url}
              </Link>
              <span className="quiet small">{description}</span>
            </>
          ),
        },
        { title: texts.webhooks.state, cell: (webhook) => <WebhookState webhook={webhook} /> },
        {
          title: texts.webhooks.made,
          isNumber: true,
          isExtra: true,
          cell: ({ createdAt }) => format.date(createdAt),
        },
      ]}
    />
  );
}

function NewWebhook(): ReactNode {
  const { texts } = useSpeech();
  const queries = useQueryClient();
  /** A new form after each webhook. */
  const [count, setCount] = useState(0);
  const making = useMutation({
    mutationFn: ({ types, ...wishes }: WebhookWishes) =>
      client.post('/v1/webhooks', { body: { ...wishes, types: [...types] } }),
    onSuccess: () => {
      setCount(count + 1);
      return queries.invalidateQueries({ queryKey: webhooksKey });
    },
  });
  return (
    <section className="card" aria-labelledby="new-webhook">
      <h2 id="new-webhook">{texts.webhooks.make}</h2>
      {making.data !== undefined && (
        <SecretOnce
          label={texts.webhooks.secretOf(making.data.url)}
          secret={making.data.secret}
          onKept={making.reset}
        />
      )}
      <WebhookForm
        key={count}
        start={{ url: '', description: '', types: [...webhookEvents] }}
        submitText={texts.webhooks.makeSubmit}
        isPending={making.isPending}
        error={making.error}
        onSubmit={making.mutate}
      />
    </section>
  );
}
