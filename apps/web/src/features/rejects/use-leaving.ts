import { useEffect } from 'react';

/**
 * Asks before what was not sent is lost: by closing or reloading the page, and by the links in it.
 *
 * @param question null while there is nothing to lose
 */
export function useLeaving(question: string | null): void {
  useEffect(() => {
    if (question === null) return;
    const warn = (event: BeforeUnloadEvent): void => event.preventDefault();
    const ask = (event: MouseEvent): void => {
      const link = event.target instanceof Element ? event.target.closest('a') : null;
      if (link === null || link.hasAttribute('download') || link.target === '_blank' || link.hash !== '')
        return;
      if (confirm(question)) return;
      event.preventDefault();
      event.stopPropagation();
    };
    addEventListener('beforeunload', warn);
    // Before the link itself hears of it.
    document.addEventListener('click', ask, true);
    return () => {
      removeEventListener('beforeunload', warn);
      document.removeEventListener('click', ask, true);
    };
  }, [question]);
}
