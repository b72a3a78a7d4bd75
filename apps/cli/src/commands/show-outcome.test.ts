import { describe, expect, it } from 'vitest';
import { completedUpload, plainFile } from '../test-support/completed-upload.js';
import type { Upload } from '../upload/answers.js';
import { requireWhole } from './show-outcome.js';

const whole = { total: 5, imported: 5, rejected: 0, leftOut: 0, open: 0 };

function demand(upload: Partial<Upload>): void {
  requireWhole({
    upload: { ...completedUpload, rows: whole, ...upload },
    issueGroups: [],
    notifications: [],
    isDuplicate: false,
    answered: [],
  });
}

describe('The check that an import is complete', () => {
  it('passes for a completed import', () => {
    expect(() => demand({})).not.toThrow();
  });

  it('says by another exit code that rows were rejected', () => {
    const rows = { ...whole, imported: 3, rejected: 2 };
    expect(() => demand({ rows })).toThrow(
      expect.objectContaining({ message: '2 of 5 rows were rejected.', exitCode: 1 }),
    );
  });

  it('fails with the names of the files in an archive that were not recognised', () => {
    const file = { ...plainFile, name: 'backers.csv' };
    const unknown = { ...plainFile, name: 'colours.csv', platform: null };
    expect(() => demand({ status: 'NEEDS_MAPPING', files: [file, unknown] })).toThrow(
      'Nothing was imported: the columns of "colours.csv" are not those of a known platform.',
    );
  });

  it('fails for a single file that was not recognised', () => {
    expect(() => demand({ status: 'NEEDS_MAPPING' })).toThrow('The file was not imported: its columns');
    const files = [{ ...plainFile, platform: null }];
    expect(() => demand({ status: 'NEEDS_MAPPING', files })).toThrow('The file was not imported');
  });

  it('fails with the reason of a failed import', () => {
    const failure = { code: 'upload_interrupted', message: 'It broke off.' };
    expect(() => demand({ status: 'FAILED', failure })).toThrow('FAILED. upload_interrupted: It broke off.');
  });
});
