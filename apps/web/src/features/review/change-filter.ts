import type { Schemas } from '@pledgeline/client';

type RecordChange = Schemas['RecordChange'];

export const changeKinds = ['created', 'changed', 'removed', 'missing', 'unchanged'] as const;
export const recordTypes = ['pledge', 'backer', 'product', 'survey'] as const;

export type ChangeKind = RecordChange['kind'];

/** Which changes are listed. `all`: all that change something. Blank: any. */
export interface ChangeFilter {
  readonly kind: ChangeKind | 'all';
  readonly type: RecordChange['type'] | '';
  readonly field: string;
}

export const noFilter: ChangeFilter = { kind: 'all', type: '', field: '' };

/** How many records there are of each kind of change, whatever they are. */
export function countKinds({
  records,
}: Pick<Schemas['ChangeTotals'], 'records'>): Readonly<Record<ChangeKind | 'all', number>> {
  const sum = (kind: ChangeKind): number =>
    recordTypes.reduce((total, type) => total + records[type][kind], 0);
  const [created, changed, removed, missing] = [
    sum('created'),
    sum('changed'),
    sum('removed'),
    sum('missing'),
  ];
  return {
    created,
    changed,
    removed,
    missing,
    unchanged: sum('unchanged'),
    all: created + changed + removed + missing,
  };
}
