import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { client } from '../../api/client.js';
import { useSpeech } from '../../texts/texts.js';

interface NameProps {
  readonly id: string;
}

/** The name of a product. One that only the file has is in no table yet; then its name is among the totals. */
export function ProductName({
  id,
  known,
}: NameProps & { readonly known: ReadonlyMap<string, string> }): ReactNode {
  const { texts } = useSpeech();
  const name = known.get(id);
  const { data, isError } = useQuery({
    queryKey: ['product', id],
    queryFn: ({ signal }) => client.get('/v1/products/{id}', { path: { id }, signal }),
    enabled: name === undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (name !== undefined) return name;
  if (data !== undefined) return data.name ?? data.key;
  return isError ? texts.review.newProduct : '…';
}

/** Who has pledged, where a file gives a pledge to another person. */
export function BackerName({ id }: NameProps): ReactNode {
  const { texts } = useSpeech();
  const { data, isError } = useQuery({
    queryKey: ['backer', id],
    queryFn: ({ signal }) => client.get('/v1/backers/{id}', { path: { id }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (data !== undefined) return data.name ?? data.email ?? texts.review.unnamedPerson;
  return isError ? texts.review.newPerson : '…';
}
