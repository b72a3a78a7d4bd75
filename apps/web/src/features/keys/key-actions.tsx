import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { client } from '../../api/client.js';
import { Asked } from '../../parts/asked.js';
import { Failed } from '../../parts/state.js';
import { useSpeech } from '../../texts/texts.js';
import { keysQuery, type NewSecret } from './key-queries.js';

interface KeyActionsProps {
  readonly id: string;
  readonly name: string;
  /** Whether the person is signed in with it: no key can revoke itself. */
  readonly isOwn: boolean;
  readonly onSecret: (secret: NewSecret) => void;
}

export function KeyActions({ id, name, isOwn, onSecret }: KeyActionsProps): ReactNode {
  const { texts } = useSpeech();
  const queries = useQueryClient();
  const path = { id };
  const rotating = useMutation({
    mutationFn: () => client.post('/v1/keys/{id}/rotate', { path }),
    onSuccess: onSecret,
  });
  const revoking = useMutation({
    mutationFn: () => client.delete('/v1/keys/{id}', { path }),
    onSuccess: () => queries.invalidateQueries({ queryKey: keysQuery.queryKey }),
  });
  const error = rotating.error ?? revoking.error;
  return (
    <div className="tight">
      <div className="row slim">
        <Asked
          text={texts.keys.rotate}
          question={texts.keys.rotateAsk(name)}
          isDisabled={rotating.isPending}
          onYes={() => rotating.mutate()}
        />
        {!isOwn && (
          <Asked
            text={texts.keys.revoke}
            question={texts.keys.revokeAsk(name)}
            isDisabled={revoking.isPending}
            onYes={() => revoking.mutate()}
          />
        )}
      </div>
      {error !== null && <Failed error={error} title={texts.errors.refused} />}
    </div>
  );
}
