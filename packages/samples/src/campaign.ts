/** A reward tier of the invented campaign. */
export interface SampleReward {
  readonly id: string;
  readonly title: string;
  readonly cents: number;
  /** Share of the pledges; all together are 1. */
  readonly share: number;
  /** How many of each of {@link sampleItems} it holds. */
  readonly items: readonly number[];
}

/** Parts of rewards, each with a column of its own. */
export const sampleItems = [
  'Lanterns of Low Tide (Core Game)',
  'Stretch Goal Box',
  'Art Book',
  'Metal Coins',
] as const;

/** Things bought on top of a reward, by Kickstarter's id. */
export const sampleAddOns = [
  { id: '10750435', name: 'Dice Tray', cents: 2200 },
  { id: '10750436', name: 'Playmat, 60 × 60 cm', cents: 3500 },
  { id: '10750441', name: 'Card Sleeves "Deep Sea" (100)', cents: 900 },
  { id: '10750457', name: 'Soundtrack', cents: 700 },
] as const;

/** Most wanted first; who backs without a reward has neither id nor title. */
export const sampleRewards: readonly [SampleReward, ...SampleReward[]] = [
  { id: '9210001', title: 'Core Game', cents: 4900, share: 0.38, items: [1, 1, 0, 0] },
  { id: '9210003', title: 'Deluxe Edition', cents: 8900, share: 0.26, items: [1, 1, 1, 1] },
  { id: '9210002', title: 'Early Bird: Core Game', cents: 4400, share: 0.2, items: [1, 1, 0, 0] },
  { id: '9210004', title: "Collector's Chest, signed", cents: 14900, share: 0.09, items: [1, 1, 1, 2] },
  { id: '', title: '', cents: 0, share: 0.04, items: [0, 0, 0, 0] },
  { id: '9210005', title: 'Six Copies for Shops', cents: 24900, share: 0.02, items: [6, 6, 0, 0] },
  {
    id: '9210006',
    title: 'Lighthouse Keeper – design a card with us',
    cents: 104900,
    share: 0.01,
    items: [1, 1, 1, 1],
  },
];

export const sampleQuestions = [
  'What Name Shall We Print In The Credits?',
  'Which Language Should Your Copy Be?',
] as const;
