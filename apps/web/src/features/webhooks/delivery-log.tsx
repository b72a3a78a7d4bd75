import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { client } from '../../api/client.js';
import { MoreButton } from '../../parts/more-button.js';
import { Blank, Failed, Loading } from '../../parts/state.js';
import { useSpeech } from '../../texts/texts.js';
import { eventTitle } from '../notifications/event-tag.js';
import { useScope } from '../session/use-scope.js';
import { AttemptList } from './attempt-list.js';
import { type Delivery, useDeliveries, webhooksKey } from './webhook-queries.js';

const statuses = ['PENDING', 'DELIVERED', 'FAILED'] as const satisfies readonly Delivery['status'][];
const kinds = { PENDING: 'tag doubt', DELIVERED: 'tag good', FAILED: 'tag wrong' };

/** What was sent to a webhook, newest first, and how it answered. */
export function DeliveryLog({ id }: { readonly id: string }): ReactNode {
  const { texts } = useSpeech();
  const [status, setStatus] = useState<Delivery['status'] | ''>('');
  return (
    <section className="card" aria-labelledby="deliveries">
      <div className="between">
        <h2 id="deliveries">{texts.webhooks.deliveries}</h2>
        <label className="field inline">
          {texts.webhooks.status}
          <select
            value={status}
            onChange={({ target }) => setStatus(statuses.find((each) => each === target.value) ?? '')}
          >
            <option value="">{texts.webhooks.anyStatus}</option>
            {statuses.map((each) => (
              <option key={each} value={each}>
                {texts.webhooks.statuses[each]}
              </option>
            ))}
          </select>
        </label>
      </div>
      <Deliveries key={status} id={id} status={status} />
    </section>
  );
}

function Deliveries({
  id,
  status,
}: {
  readonly id: string;
  readonly status: Delivery['status'] | '';
}): ReactNode {
  const { texts, format } = useSpeech();
  const query = useDeliveries(id, status);
  const mayWrite = useScope('write');
  const { data, error, refetch } = query;
  if (data === undefined) {
    return error === null ? <Loading /> : <Failed error={error} onRetry={() => void refetch()} />;
  }
  const deliveries = data.pages.flatMap((page) => page.deliveries);
  if (deliveries.length === 0) {
    return <Blank>{status === '' ? texts.webhooks.noDeliveries : texts.webhooks.noneWithStatus}</Blank>;
  }
  return (
    <>
      <ul className="news" aria-labelledby="deliveries">
        {deliveries.map((delivery) => (
          <li key={delivery.id}>
            <div className="between">
              <span className="row">
                <span className={kinds[delivery.status]}>{texts.webhooks.statuses[delivery.status]}</span>
                <strong>{eventTitle(delivery.type, texts)}</strong>
                <time className="quiet small" dateTime={delivery.createdAt}>
                  {format.dateTime(delivery.createdAt)}
                </time>
              </span>
              {mayWrite && <Replay id={id} delivery={delivery} />}
            </div>
            <AttemptList delivery={delivery} />
            {delivery.dueAt !== null && delivery.attempts.length > 0 && (
              <p className="quiet small">{texts.webhooks.next(format.dateTime(delivery.dueAt))}</p>
            )}
          </li>
        ))}
      </ul>
      <MoreButton query={query} />
    </>
  );
}

function Replay({ id, delivery }: { readonly id: string; readonly delivery: Delivery }): ReactNode {
  const { texts, format } = useSpeech();
  const queries = useQueryClient();
  const replaying = useMutation({
    mutationFn: () =>
      client.post('/v1/webhooks/{id}/deliveries/{delivery}/replay', { path: { id, delivery: delivery.id } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: webhooksKey }),
  });
  const what = texts.webhooks.replayOf(eventTitle(delivery.type, texts), format.dateTime(delivery.createdAt));
  return (
    <>
      <button
        type="button"
        className="link"
        aria-label={what}
        disabled={replaying.isPending || delivery.status === 'PENDING'}
        onClick={() => replaying.mutate()}
      >
        {texts.webhooks.replay}
      </button>
      {replaying.error !== null && <Failed error={replaying.error} title={texts.errors.refused} />}
    </>
  );
}
