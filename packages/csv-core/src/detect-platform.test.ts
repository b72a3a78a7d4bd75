import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { confidenceThreshold, detectPlatform } from './detect-platform.js';
import { recognizeColumns } from './import/recognize-columns.js';
import { kickstarter } from './platforms/kickstarter.js';
import { processorTime } from './processor-time.testing.js';
import { runAtOnce } from './steps.js';
import { anyString } from './values/any-string.testing.js';

const report = ['Backer Number', 'Backer UID', 'Backer Name', 'Email', 'Pledge Amount', 'Pledged At'];

describe('detectPlatform', () => {
  it('is certain of a Kickstarter report with all usual columns', () => {
    expect(detectPlatform([...report, 'Pledged Status', 'Notes'])).toEqual({
      platform: 'kickstarter',
      confidence: 1,
      reasons: ['Only Kickstarter writes "Backer Name" with "Pledged Status" with "Backer UID"'],
      unknownColumns: [],
      keepsUnknown: true,
      missingColumns: [],
      secretColumns: [],
    });
  });

  it('explains what is unusual about a file', () => {
    const known = ['Backer Number', 'Backer UID', 'Backer Name', 'Email', 'Pledge Amount', 'Pledged Status'];
    const { reasons } = detectPlatform(['Shoe size', 'Zebra', ...known, 'IP Address', 'Notes']);
    expect(reasons.join('; ')).toBe(
      'Only Kickstarter writes "Backer Name" with "Pledged Status" with "Backer UID"; "Pledged At" is missing; 2 unknown columns',
    );
  });

  it('names the columns that are never stored, also in a file of no known platform', () => {
    const secrets = ['Card Last4', 'Customer IP'];
    expect(detectPlatform([...report, 'Pledged Status', ...secrets]).secretColumns).toEqual(secrets);
    expect(detectPlatform(['Lorem', ...secrets]).secretColumns).toEqual(secrets);
  });

  it('reports that unknown columns of a list of people are not kept', () => {
    const detection = detectPlatform(['Email', 'Invite URL', 'Tags', 'Shoe size']);
    expect(detection).toMatchObject({
      platform: 'backerkit-mailing-list',
      unknownColumns: ['Shoe size'],
      keepsUnknown: false,
      secretColumns: ['Invite URL'],
    });
    expect(detection.reasons).toContain('1 unknown column, not kept: the rows are people without pledges');
  });

  it('has less than full confidence when the format is not known for sure', () => {
    const { confidence, reasons } = detectPlatform(['Email', 'Invite URL', 'Tags']);
    expect(confidence).toBeLessThan(1);
    expect(reasons).toContain('How BackerKit mailing list writes its files is not known for sure');
  });

  it('names no platform without the columns that every row of it needs, and says which they are', () => {
    const detection = detectPlatform(['BACKER UID', 'pledge amount', 'Email']);
    expect(detection).toMatchObject({
      platform: null,
      confidence: 0.4,
      reasons: [
        'Only Kickstarter writes "BACKER UID" with "pledge amount"',
        '"Backer Number", "Backer Name", "Pledged Status" and 2 more columns are missing',
        "Every row of Kickstarter needs a column that is missing, so it may be another program's file",
      ],
      missingColumns: ['Backer Number', 'Pledged Status'],
    });
  });

  it('still blanks what is secret on the platform that a file without its key columns is likely from', () => {
    const headers = ['id', 'Amount', 'Amount Refunded', 'Captured', 'Card Name', 'Customer Email'];
    expect(detectPlatform(headers)).toMatchObject({ platform: null, secretColumns: ['Card Name'] });
    expect(runAtOnce(recognizeColumns(headers, undefined, new Map())).secrets).toEqual([4]);
  });

  it('takes a file with the signatures of two platforms for the one whose key columns are there', () => {
    const shared = ['Email', 'Financial Status', 'Total', 'Lineitem name', 'Lineitem quantity'];
    expect(detectPlatform(['Name', ...shared]).platform).toBe('shopify');
    expect(detectPlatform(['Order ID', ...shared]).platform).toBe('squarespace');
    expect(detectPlatform(['Order ID', 'Name', ...shared]).platform).toBe('squarespace');
    expect(detectPlatform(['Receipt', ...shared]).platform).toBeNull();
  });

  it('quotes an add-on column that shows which platform a file without key columns is likely from', () => {
    const { platform, reasons } = detectPlatform(['Email', '[ADDON: 123]  Dice']);
    expect(platform).toBeNull();
    expect(reasons[0]).toBe('Only Kickstarter writes "[ADDON: 123]  Dice"');
  });

  it('names unknown columns as the file writes them', () => {
    const headers = ['\ufeffOrder ID', 'Email', ' Shoe size ', '', 'Email'];
    expect(detectPlatform(headers).unknownColumns).toEqual(['Shoe size', 'Column 4', 'Email']);
  });

  it('detects any file with an order and a person as generic, with less confidence than any platform', () => {
    const detection = detectPlatform(['Order ID', 'Email']);
    expect(detection.platform).toBe('generic');
    expect(detection.confidence).toBeGreaterThanOrEqual(confidenceThreshold);
    expect(detection.confidence).toBeLessThan(0.7);
  });

  it('prefers a platform with a signature and few columns to a generic file with all columns', () => {
    const own = ['Backer Number', 'Backer UID', 'Pledge Amount', 'Pledged Status'];
    expect(detectPlatform([...own, 'Order ID', 'SKU', 'Quantity']).platform).toBe('kickstarter');
  });

  it.each([
    [['Order ID', 'Amount'], 'No column holds an e-mail or customer id'],
    [['Email', 'Amount'], 'No column holds a pledge or order id'],
  ])('names no platform for %j and explains what is missing', (headers, reason) => {
    const detection = detectPlatform(headers);
    expect(detection.platform).toBeNull();
    expect(detection.confidence).toBeLessThan(confidenceThreshold);
    expect(detection.reasons).toContain(reason);
  });

  it.each([[[]], [['']], [['Lorem', 'Ipsum']]])('knows no column of %j', (headers: string[]) => {
    expect(detectPlatform(headers)).toMatchObject({
      platform: null,
      confidence: 0,
      reasons: ['No column name is known'],
      missingColumns: [],
    });
  });

  it('does not detect a file of another platform, whose signature columns were deleted, as generic', () => {
    const headers = [
      'Order Number',
      'Email',
      'Ship To City',
      'Ship To State',
      'Ship To Country Code',
      'Product Name',
    ];
    const { platform, reasons } = detectPlatform(headers);
    expect(platform).toBeNull();
    expect(reasons).toContain('The columns look like those of CrowdOx, but too few are left to be sure');
  });

  it('does not ask about a list of orders whose columns are named like those of a list of people', () => {
    const address = ['Company', 'Address1', 'Address2', 'City', 'Province', 'Zip', 'Country', 'Phone'];
    const headers = ['Order ID', 'Email', 'First Name', 'Last Name', ...address, 'Note', 'Tags', 'Total'];
    expect(detectPlatform(headers).platform).toBe('generic');
  });

  it('takes microseconds', () => {
    const headers = kickstarter.columns.map(({ title }) => title).slice(0, 27);
    headers.push('[Addon: 9001] Dice', 'Map', 'Which colour?', 'Shoe size');
    // The best of several rounds: in some of them the compiler and the collector of garbage are at work as well.
    const rounds = Array.from({ length: 20 }, () => {
      const milliseconds = processorTime(() => {
        for (let call = 0; call < 200; call += 1) detectPlatform(headers);
      });
      return (milliseconds * 1_000) / 200;
    });
    const best = Math.min(...rounds);
    console.info(`detectPlatform takes ${best.toFixed(1)} µs for ${headers.length} columns`);
    // About 25 to 50; anything that grows with the platforms would pass this limit.
    expect(best).toBeLessThan(300);
  });

  it('never throws, and its confidence is always from 0 to 1', () => {
    const header = fc.oneof(
      anyString,
      fc.constantFrom(...report, 'Order ID', '__proto__', 'constructor', ''),
    );
    fc.assert(
      fc.property(fc.array(header, { maxLength: 30 }), (headers) => {
        const { platform, confidence, unknownColumns } = detectPlatform(headers);
        expect(confidence).toBeGreaterThanOrEqual(0);
        expect(confidence).toBeLessThanOrEqual(1);
        expect(platform === null).toBe(confidence < confidenceThreshold);
        expect(unknownColumns.every((column) => column.isWellFormed() && !column.includes('\0'))).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});
