import { describe, expect, it } from 'vitest';
import { completedUpload, plainFile } from '../test-support/completed-upload.js';
import { issueSummarySchema, uploadSchema } from './answers.js';

describe("The schema of the API's answers", () => {
  it('accepts those of an API that does not count the issues of files', () => {
    const { issueCount: _, ...file } = plainFile;
    const { files } = uploadSchema.parse({ ...completedUpload, files: [file] });
    expect(files).toEqual([plainFile]);
  });

  it('accepts those of an API that knows no files', () => {
    const { files, ...older } = completedUpload;
    expect(files).toEqual([]);
    expect(uploadSchema.parse(older)).toEqual(completedUpload);
    const issue = { row: 1, line: 2, column: null, code: 'x', message: 'X.', value: null, severity: 'error' };
    const group = { code: 'x', severity: 'error', column: null, count: 1, examples: [issue] };
    const { groups } = issueSummarySchema.parse({ groups: [group] });
    expect(groups[0]?.examples[0]?.file).toBeNull();
  });

  it('accepts those of a newer API, with sources of a finding that this version does not know', () => {
    const encoding = { name: 'utf-7', source: 'oracle', certain: false, why: 'a dream' };
    const format = { encoding, delimiter: null, headerLine: 1, titleLines: [], lineEnds: 'mixed' };
    const dates = {
      position: 0,
      header: 'A',
      order: 'dmy',
      source: 'oracle',
      ambiguous: 1,
      conflicting: false,
    };
    const newer = { ...completedUpload, files: [{ ...plainFile, format, dateOrders: [dates], pages: 3 }] };
    expect(uploadSchema.parse(newer).files[0]).toMatchObject({
      format: { encoding: { name: 'utf-7' } },
      dateOrders: [dates],
    });
  });
});
