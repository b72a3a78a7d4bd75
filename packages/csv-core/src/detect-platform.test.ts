import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { confidenceThreshold, detectPlatform } from './detect-platform.js';
import { anyString } from './values/any-string.testing.js';

const report = ['Backer Number', 'Backer UID', 'Backer Name', 'Email', 'Pledge Amount', 'Pledged At'];

describe('detectPlatform', () => {
  it('is certain of a report with all that every report has', () => {
    expect(detectPlatform([...report, 'Pledged Status', 'Notes'])).toEqual({
      platform: 'kickstarter',
      confidence: 1,
      reasons: ['Only Kickstarter writes "Backer Name" with "Pledged Status" with "Backer UID"'],
      unknownColumns: [],
      missingColumns: [],
    });
  });

  it('names columns whose lack rejects every row as the platform writes them', () => {
    const detection = detectPlatform(['BACKER UID', 'pledge amount', 'Email']);
    expect(detection).toMatchObject({
      platform: 'kickstarter',
      reasons: ['Only Kickstarter writes "BACKER UID" with "pledge amount"'],
      missingColumns: ['Backer Number', 'Pledged Status'],
    });
    expect(detection.confidence).toBeLessThan(0.85);
  });

  it('knows Kickstarter by an add-on column alone and quotes it', () => {
    expect(detectPlatform(['Email', '[ADDON: 123]  Dice'])).toMatchObject({
      platform: 'kickstarter',
      reasons: ['Only Kickstarter writes "[ADDON: 123]  Dice"'],
    });
  });

  it('names unknown columns as the file writes them', () => {
    const headers = ['\ufeffOrder ID', 'Email', ' Shoe size ', '', 'Email'];
    expect(detectPlatform(headers).unknownColumns).toEqual(['Shoe size', 'Column 4', 'Email']);
  });

  it('takes any file with an order and a person as generic, with less confidence than any platform', () => {
    const detection = detectPlatform(['Order ID', 'Email']);
    expect(detection.platform).toBe('generic');
    expect(detection.confidence).toBeGreaterThanOrEqual(confidenceThreshold);
    expect(detection.confidence).toBeLessThan(0.7);
  });

  it('prefers a platform of which little is there to a generic file of which all is there', () => {
    expect(detectPlatform(['Backer UID', 'Pledge Amount', 'Order ID', 'SKU', 'Quantity']).platform).toBe(
      'kickstarter',
    );
  });

  it.each([
    [['Order ID', 'Amount'], 'No column holds an e-mail or customer id'],
    [['Email', 'Amount'], 'No column holds a pledge or order id'],
  ])('does not guess at %j and says what is missing', (headers, reason) => {
    const detection = detectPlatform(headers);
    expect(detection.platform).toBeNull();
    expect(detection.confidence).toBeLessThan(confidenceThreshold);
    expect(detection.reasons).toContain(reason);
  });

  it.each([[[]], [['']], [['Lorem', 'Ipsum']]])('knows nothing of %j', (headers: string[]) => {
    expect(detectPlatform(headers)).toMatchObject({
      platform: null,
      confidence: 0,
      reasons: ['No column name is known'],
      missingColumns: [],
    });
  });

  it('never throws, and its confidence is a share', () => {
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
