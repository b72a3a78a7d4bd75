/** The lists of a campaign, by the last part of their addresses. */
export const recordKinds = ['pledges', 'backers', 'products', 'surveys', 'inventory'] as const;
export type RecordKind = (typeof recordKinds)[number];
