import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { Bell } from '../features/notifications/bell.js';
import { AccountMenu } from '../features/session/account-menu.js';
import { useSpeech } from '../texts/texts.js';
import { useOnline } from './use-online.js';

/** What is around every page of a person who is signed in. */
export function PageFrame({ children }: { readonly children: ReactNode }): ReactNode {
  const { texts } = useSpeech();
  const isOnline = useOnline();
  const [location] = useLocation();
  const isImports = location === '/' || location.startsWith('/uploads');
  const isCampaigns = location.startsWith('/campaigns');
  return (
    <>
      <a className="skip" href="#content">
        {texts.skip}
      </a>
      <header className="top">
        <Link href="/" className="brand" aria-label={texts.name}>
          <img src="/app/icon.svg" alt="" />
          <span className="wide-only">{texts.name}</span>
        </Link>
        <nav aria-label={texts.navigation.label}>
          <Link href="/" aria-current={isImports ? 'page' : undefined}>
            {texts.navigation.imports}
          </Link>
          <Link href="/campaigns" aria-current={isCampaigns ? 'page' : undefined}>
            {texts.navigation.campaigns}
          </Link>
        </nav>
        <Bell />
        {/* Closed again wherever it has led to. */}
        <AccountMenu key={location} />
      </header>
      <div role="status">{!isOnline && <p className="notice">{texts.offline}</p>}</div>
      <main id="content" tabIndex={-1}>
        {children}
      </main>
    </>
  );
}
