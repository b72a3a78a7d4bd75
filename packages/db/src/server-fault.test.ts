import pg from 'pg';
import { expect, it } from 'vitest';
import { isServerFault } from './server-fault.js';

const failed = (code: string): Error => Object.assign(new Error('refused'), { code });

it.each(['25006', '57014', '53100', '53300', '08006', '58030', '55P03', 'ECONNREFUSED'])(
  'an error with the code %s is a fault of a server, also as a cause',
  (code) => {
    expect(isServerFault(failed(code))).toBe(true);
    expect(isServerFault(new Error('The chunk failed', { cause: failed(code) }))).toBe(true);
  },
);

it.each(['22003', '23505', '42P01', '54000'])('an error with the code %s is none', (code) => {
  expect(isServerFault(failed(code))).toBe(false);
});

it('a connection that cannot be made is a fault of a server', async () => {
  const client = new pg.Client({ host: '127.0.0.1', port: 1 });
  const error: unknown = await client.connect().catch((thrown: unknown) => thrown);
  expect(isServerFault(error)).toBe(true);
});
