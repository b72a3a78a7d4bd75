export const recordKinds = ['pledges', 'backers', 'inventory'] as const;
export type RecordKind = (typeof recordKinds)[number];
