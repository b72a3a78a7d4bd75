import type { Upload } from '@pledgeline/client';
import { useEffect, useRef, useState } from 'react';

/**
 * Whether an undo that was under way here was given up: the upload is what it was, which would look as if nobody had asked.
 */
export function useGivenUp(status: Upload['status'] | undefined): boolean {
  const [isGivenUp, setGivenUp] = useState(false);
  const before = useRef(status);
  useEffect(() => {
    if (status === undefined || status === before.current) return;
    setGivenUp(before.current === 'UNDOING' && status !== 'UNDONE');
    before.current = status;
  }, [status]);
  return isGivenUp;
}
