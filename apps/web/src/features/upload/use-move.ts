import { useMutation, useQueryClient } from '@tanstack/react-query';
import { client } from '../../api/client.js';
import { uploadQuery, uploadsQuery } from '../../api/queries.js';
import type { Move } from './moves.js';

/** The moves that are one request, without anything to be said. */
type Plain = Exclude<Move, 'remap' | 'remove'>;

const send = {
  cancel: (id: string) => client.post('/v1/uploads/{id}/cancel', { path: { id } }),
  retry: (id: string) => client.post('/v1/uploads/{id}/retry', { path: { id } }),
  undo: (id: string) => client.post('/v1/uploads/{id}/undo', { path: { id } }),
  redo: (id: string) => client.post('/v1/uploads/{id}/redo', { path: { id } }),
};

/** Makes moves with one upload, and keeps what is shown of it true, also when the API refuses: then it is not as it looked. */
export function useMove(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (move: Plain) => send[move](id),
    onSettled: async () => {
      await queries.invalidateQueries({ queryKey: uploadQuery(id).queryKey });
      await queries.invalidateQueries({ queryKey: uploadsQuery.queryKey });
    },
  });
}
