import { expect, it } from 'vitest';
import { placeOf } from './notification-queries.js';

it('A notification leads to its upload, or to its webhook', () => {
  const upload = { upload: 'https://pledgeline.example/v1/uploads/1', page: '/app/uploads/1' };
  expect(placeOf({ uploadId: '1', links: upload })).toBe('/uploads/1');
  const webhook = { webhook: 'https://pledgeline.example/v1/webhooks/2' };
  expect(placeOf({ uploadId: null, links: webhook })).toBe('/webhooks/2');
  expect(placeOf({ uploadId: null, links: {} })).toBeNull();
});
