import {
  type InfiniteData,
  type UseInfiniteQueryResult,
  useInfiniteQuery,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { client } from '../../api/client.js';
import { MoreButton } from '../../parts/more-button.js';
import { Blank, Failed, Loading } from '../../parts/state.js';
import { useTitle } from '../../parts/use-title.js';
import { useSpeech } from '../../texts/texts.js';
import { useScope } from '../session/use-scope.js';
import { EventTag } from './event-tag.js';
import { type Notification, notificationsKey, notificationsQuery, placeOf } from './notification-queries.js';

interface NotificationPage {
  readonly notifications: readonly Notification[];
  readonly unreadCount: number;
}

/** What has happened, newest first, each with the way to what it is about. */
export function NotificationsPage(): ReactNode {
  const { texts } = useSpeech();
  const query: UseInfiniteQueryResult<InfiniteData<NotificationPage>> = useInfiniteQuery(notificationsQuery);
  const { data, error, refetch } = query;
  useTitle(texts.notifications.title);
  const notifications = data?.pages.flatMap((page) => page.notifications) ?? [];
  return (
    <>
      <div className="between">
        <h1>{texts.notifications.title}</h1>
        <ReadAll unread={data?.pages[0]?.unreadCount ?? 0} upTo={notifications[0]?.id} />
      </div>
      {data === undefined && error === null && <Loading />}
      {error !== null && <Failed error={error} onRetry={() => void refetch()} />}
      {data !== undefined && notifications.length === 0 && <Blank>{texts.notifications.none}</Blank>}
      {notifications.length > 0 && (
        <div className="card">
          <ul className="news">
            {notifications.map((notification) => (
              <News key={notification.id} notification={notification} />
            ))}
          </ul>
          <MoreButton query={query} />
        </div>
      )}
    </>
  );
}

/** Marks those in sight and older as read; what has come meanwhile stays new. */
function ReadAll({
  unread,
  upTo,
}: {
  readonly unread: number;
  readonly upTo: string | undefined;
}): ReactNode {
  const { texts } = useSpeech();
  const queries = useQueryClient();
  const mayWrite = useScope('write');
  const reading = useMutation({
    mutationFn: (id: string) => client.post('/v1/notifications/read', { body: { upTo: id } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: notificationsKey }),
  });
  if (reading.error !== null) return <Failed error={reading.error} title={texts.errors.refused} />;
  if (!mayWrite || unread === 0 || upTo === undefined) return null;
  return (
    <button
      type="button"
      className="button plain"
      disabled={reading.isPending}
      onClick={() => reading.mutate(upTo)}
    >
      {texts.notifications.readAll}
    </button>
  );
}

function News({ notification }: { readonly notification: Notification }): ReactNode {
  const { texts, format } = useSpeech();
  const queries = useQueryClient();
  const mayWrite = useScope('write');
  const reading = useMutation({
    mutationFn: (id: string) => client.post('/v1/notifications/{id}/read', { path: { id } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: notificationsKey }),
  });
  const { id, type, title, sentences, createdAt, readAt } = notification;
  const place = placeOf(notification);
  const isUnread = readAt === null;
  const follow = (): void => {
    if (isUnread && mayWrite) reading.mutate(id);
  };
  return (
    <li className={isUnread ? 'unread' : undefined}>
      <div className="between">
        <span className="row">
          <EventTag type={type} />
          {isUnread && <span className="unseen">{texts.notifications.unread}</span>}
        </span>
        <time className="quiet small" dateTime={createdAt}>
          {format.dateTime(createdAt)}
        </time>
      </div>
      {/* The API writes English. */}
      <div className="tight" lang="en">
        {place === null ? (
          <strong>{title}</strong>
        ) : (
          <Link href={place} onClick={follow}>
            {title}
          </Link>
        )}
        {sentences.map((sentence) => (
          <p key={sentence} className="small">
            {sentence}
          </p>
        ))}
      </div>
    </li>
  );
}
