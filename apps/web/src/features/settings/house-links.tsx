import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { useSpeech } from '../../texts/texts.js';
import { useScope } from '../session/use-scope.js';

/** The way between what a merchant sets up once. */
export function HouseLinks(): ReactNode {
  const { texts } = useSpeech();
  const isAdmin = useScope('admin');
  const [location] = useLocation();
  const places = [
    ['/settings', texts.settings.title],
    ['/webhooks', texts.webhooks.title],
    // A key that may not even list keys has nothing to do there.
    ...(isAdmin ? [['/keys', texts.keys.title] as const] : []),
  ] as const;
  return (
    <nav className="row" aria-label={texts.house.label}>
      {places.map(([place, title]) => (
        <Link
          key={place}
          href={place}
          className="button plain"
          aria-current={location === place ? 'page' : undefined}
        >
          {title}
        </Link>
      ))}
    </nav>
  );
}
