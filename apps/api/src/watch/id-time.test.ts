import { expect, it } from 'vitest';
import { firstId, laterOf, overlapBefore } from './id-time.js';

const idAt = (madeAt: string) => {
  const hex = Date.parse(madeAt).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7abc-9abc-0123456789ab`;
};

it('The overlap before an id begins 90 seconds earlier', () => {
  const from = overlapBefore(idAt('2026-11-23T12:01:30.000Z'));
  expect(from <= idAt('2026-11-23T12:00:00.000Z')).toBe(true);
  expect(from > idAt('2026-11-23T11:59:59.999Z')).toBe(true);
});

it('The overlap before an early id begins with the first id', () => {
  expect(overlapBefore(firstId)).toBe(firstId);
  expect(laterOf(firstId, idAt('1970-01-01T00:00:01Z'))).not.toBe(firstId);
});
