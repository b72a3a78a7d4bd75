import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { applyMigrations } from './apply-migrations.js';
import { defaultMigrationsFolder } from './migration-files.js';
import { createEmptyDatabase, type EmptyDatabase } from './test-support/empty-database.js';

const NAME = '20261128220000_items_in_the_pledge';

let db: EmptyDatabase;

beforeEach(async () => {
  db = await createEmptyDatabase(inject('testPostgres').adminUrl);
});

afterEach(() => db.drop());

describe('The migration that moves the items of a pledge into its row', () => {
  it('keeps every item, and has the file of the pledge compared anew', async () => {
    await rm(join(db.folder, NAME), { recursive: true });
    await applyMigrations({ connectionString: db.url, migrationsFolder: db.folder });
    const id = (letter: string) => `${letter.repeat(8)}-0000-4000-8000-000000000000`;
    const versions = '1, 1, 1';
    await db.ask(`
      INSERT INTO merchant (id, name) VALUES ('${id('a')}', 'Ada');
      INSERT INTO campaign (id, merchant_id, name) VALUES ('${id('a')}', '${id('a')}', 'Lamp');
      INSERT INTO backer (id, campaign_id, identity, upload_sequence, row_number, base_sequence)
        VALUES ('${id('a')}', '${id('a')}', 'ada', ${versions});
      INSERT INTO product (id, campaign_id, kind, key, name, upload_sequence, row_number, base_sequence)
        VALUES ('${id('b')}', '${id('a')}', 'REWARD', 'B', 'B', ${versions}), ('${id('c')}', '${id('a')}', 'ADD_ON', 'C', 'C', ${versions});
      INSERT INTO pledge (id, campaign_id, backer_id, platform, external_id, items_digest, told_digest, fills, upload_sequence, row_number, base_sequence)
        VALUES ('${id('1')}', '${id('a')}', '${id('a')}', 'x', '1', '${id('d')}', '${id('e')}', '{"items_digest":[1,2],"notes":[1,3]}', ${versions}),
               ('${id('2')}', '${id('a')}', '${id('a')}', 'x', '2', '${id('d')}', '${id('e')}', NULL, ${versions}),
               ('${id('3')}', '${id('a')}', '${id('a')}', 'x', '3', NULL, '${id('e')}', NULL, ${versions});
      INSERT INTO pledge_item (pledge_id, product_id, quantity, unit_price)
        VALUES ('${id('1')}', '${id('b')}', 2, 19.5), ('${id('1')}', '${id('c')}', 1, NULL);`);
    const readItems = () => db.ask('SELECT * FROM pledge_item ORDER BY pledge_id, product_id');
    const before = await readItems();

    await cp(join(defaultMigrationsFolder(), NAME), join(db.folder, NAME), { recursive: true });
    await applyMigrations({ connectionString: db.url, migrationsFolder: db.folder });

    expect(await readItems()).toEqual(before);
    expect(
      await db.ask('SELECT external_id, items, fills, told_digest FROM pledge ORDER BY external_id'),
    ).toEqual([
      {
        external_id: '1',
        items: { [id('b')]: { quantity: 2, unitPrice: '19.5000' }, [id('c')]: { quantity: 1 } },
        fills: { items: [1, 2], notes: [1, 3] },
        told_digest: null,
      },
      { external_id: '2', items: {}, fills: null, told_digest: null },
      { external_id: '3', items: null, fills: null, told_digest: id('e') },
    ]);
  });
});
