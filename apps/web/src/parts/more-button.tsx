import type { ReactNode } from 'react';
import { useSpeech } from '../texts/texts.js';

interface MoreButtonProps {
  /** What an infinite query says of its next page. */
  readonly query: {
    readonly hasNextPage: boolean;
    readonly isFetchingNextPage: boolean;
    fetchNextPage(): Promise<unknown>;
  };
}

/** The next page of a list; nothing at its end. */
export function MoreButton({ query }: MoreButtonProps): ReactNode {
  const { texts } = useSpeech();
  if (!query.hasNextPage) return null;
  return (
    <div>
      <button
        type="button"
        className="button plain"
        disabled={query.isFetchingNextPage}
        onClick={() => void query.fetchNextPage()}
      >
        {texts.more}
      </button>
    </div>
  );
}
