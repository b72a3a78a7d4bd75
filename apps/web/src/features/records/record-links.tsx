import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useSpeech } from '../../texts/texts.js';
import { type RecordKind, recordKinds } from './record-kinds.js';

interface RecordLinksProps {
  readonly id: string;
  readonly current?: RecordKind;
}

/** The way from a campaign to what is in it. */
export function RecordLinks({ id, current }: RecordLinksProps): ReactNode {
  const { texts } = useSpeech();
  return (
    <nav className="row" aria-label={texts.records.all}>
      {recordKinds.map((kind) => (
        <Link
          key={kind}
          href={`/campaigns/${id}/${kind}`}
          className="button plain"
          aria-current={kind === current ? 'page' : undefined}
        >
          {texts.records[kind]}
        </Link>
      ))}
    </nav>
  );
}
