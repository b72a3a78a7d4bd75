import { expect, it } from 'vitest';
import { fillDays } from './fill-days.js';

it('Days without a pledge are filled in, also over the end of a month', () => {
  expect(
    fillDays([
      { day: '2026-03-01', pledges: 2 },
      { day: '2026-02-27', pledges: 1 },
    ]),
  ).toEqual([
    { day: '2026-02-27', pledges: 1 },
    { day: '2026-02-28', pledges: 0 },
    { day: '2026-03-01', pledges: 2 },
  ]);
});

it('One day from long ago does not make a chart of thousands', () => {
  const filled = fillDays([
    { day: '1999-01-01', pledges: 1 },
    { day: '2026-03-01', pledges: 2 },
  ]);
  expect(filled).toHaveLength(400);
  expect(filled.at(-1)).toEqual({ day: '2026-03-01', pledges: 2 });
  expect(fillDays([])).toEqual([]);
});
