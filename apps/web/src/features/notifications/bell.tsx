import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { useSpeech } from '../../texts/texts.js';
import { unreadQuery } from './notification-queries.js';

/** More do not fit, and nobody counts them. */
const MOST_SHOWN = 99;

/** The way to the notifications, and how many are unread. */
export function Bell(): ReactNode {
  const { texts, format } = useSpeech();
  const [location] = useLocation();
  // An error is shown where the notifications are.
  const { data: unread = 0 } = useQuery(unreadQuery);
  const shown = unread > MOST_SHOWN ? `${format.number(MOST_SHOWN)}+` : format.number(unread);
  return (
    <Link
      href="/notifications"
      className="bell"
      aria-current={location === '/notifications' ? 'page' : undefined}
      aria-label={texts.notifications.bell(unread, format.number(unread))}
    >
      <svg viewBox="0 0 24 24" aria-hidden="true">
        <path d="M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 2h-15zM10 20.5h4" />
      </svg>
      {unread > 0 && <span aria-hidden="true">{shown}</span>}
    </Link>
  );
}
