import pg from 'pg';
import { expect, it } from 'vitest';
import { withoutValues } from './postgres-fault.js';

function databaseError(code: string, message: string): pg.DatabaseError {
  const error = new pg.DatabaseError(message, message.length, 'error');
  return Object.assign(error, {
    code,
    detail: 'Failing row contains (Ada Lovelace).',
    where: "unnamed portal parameter $3 = 'Ada Lovelace'",
    table: 'backer',
    column: 'name',
    constraint: 'backer_name_check',
  });
}

it.each([
  ['23514', 'new row for relation "backer" violates "Ada Lovelace"', 'Postgres refused a value'],
  ['22P02', 'invalid input syntax for type integer: "Ada Lovelace"', 'Postgres refused a value'],
  ['57014', 'canceling statement due to statement timeout', 'canceling statement due to statement timeout'],
])('an error with the code %s is logged with code and names, and without a value', (code, said, message) => {
  const fault = withoutValues(databaseError(code, said));
  expect(fault).toBeInstanceOf(Error);
  expect({ ...Object(fault), message: Object(fault).message }).toEqual({
    name: 'PostgresFault',
    code,
    table: 'backer',
    column: 'name',
    constraint: 'backer_name_check',
    message,
  });
  expect(Object(fault).stack).not.toContain('Lovelace');
});

it('an error of ours is logged as it is', () => {
  const error = new Error('a fault of ours');
  expect(withoutValues(error)).toBe(error);
});
