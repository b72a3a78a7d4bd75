import { useEffect } from 'react';
import { useSpeech } from '../texts/texts.js';

/** Names the page in the tab, in the history, and for those who hear it. */
export function useTitle(title: string): void {
  const { texts } = useSpeech();
  useEffect(() => {
    document.title = title === '' ? texts.name : `${title} · ${texts.name}`;
  }, [title, texts]);
}
