import { describe, expect, it } from 'vitest';
import { importText, pledgesOf } from './import-text.testing.js';

const lines = (...rows: readonly string[]) => `${rows.join('\n')}\n`;

/** Kinds of files whose rows were read wrong. The number is that of the kind in our list of faults. */
describe('The rows of a file', () => {
  it('09 10 leave out sums and the line of the program below the pledges, with a warning each', () => {
    const orders = [
      'Order ID,Email,Status,Total,SKU,Qty',
      'T-1,ada@example.com,paid,12.00,TEA,1',
      'T-2,bo@example.com,paid,24.00,TEA,2',
    ];
    const pledges = [
      ['T-1', 'COLLECTED', '12.00', { TEA: 1 }],
      ['T-2', 'COLLECTED', '24.00', { TEA: 2 }],
    ];
    const sum = importText(lines(...orders, 'Sum,,,36.00,,3'));
    expect(pledgesOf(sum)).toEqual(pledges);
    expect(sum.issues).toMatchObject([{ code: 'left_out_row', severity: 'warning', row: 3, line: 4 }]);
    const footer = importText(
      lines(...orders, '', 'Grand total:,,,36.00,,', 'Report created 2024-05-02 by TeaShop 3.1,,,,,'),
    );
    expect(pledgesOf(footer)).toEqual(pledges);
    expect(footer.issues).toMatchObject([
      { code: 'left_out_row', line: 5 },
      { code: 'left_out_row', line: 6 },
    ]);
  });

  it('14 of a PayPal statement are pledges only where money was received, and a refund meets its sale', () => {
    const text = lines(
      '"Date","Time","TimeZone","Name","Type","Status","Currency","Gross","Fee","Net","From Email Address","To Email Address","Transaction ID","Item Title","Item ID","Reference Txn ID","Quantity","Balance","Subject","Note","Country Code","Balance Impact"',
      '"05/20/2024","10:00:00","PDT","Ada","Website Payment","Completed","USD","48.00","-1.70","46.30","ada@example.com","tea@example.com","9TE1","Green tea","TEA","","4","146.30","","","US","Credit"',
      '"05/21/2024","10:00:00","PDT","Paper Mill","Payment Sent","Completed","USD","-70.00","0.00","-70.00","tea@example.com","mill@example.com","9TE2","","","","","76.30","","","US","Debit"',
      '"05/23/2024","10:00:00","PDT","","General Withdrawal","Completed","USD","-30.00","0.00","-30.00","","","9TE4","","","","","0.00","","","","Debit"',
    );
    const imported = importText(text);
    expect(imported.report.platform).toBe('paypal');
    expect(pledgesOf(imported)).toEqual([['9TE1', 'COLLECTED', '48.00', { TEA: 4 }]]);
    expect(imported.issues).toMatchObject([
      { code: 'no_pledge', severity: 'error', row: 2, column: 'Gross', value: '-70.00' },
      { code: 'no_pledge', severity: 'error', row: 3, column: 'Gross', value: '-30.00' },
    ]);
  });

  it('26 may begin with the header once more, which is left out when it is the same and refused when it is not', () => {
    const header = 'Order ID,Email,Total,Name,City';
    const first = 'T-1,ada@example.com,12.00,Ada,Salem';
    const same = importText(lines(header, first, header, 'T-2,bo@example.com,24.00,Bo,Bonn'));
    expect(same.records.map(({ backer, pledge }) => [backer.name, pledge?.shippingCity])).toEqual([
      ['Ada', 'Salem'],
      ['Bo', 'Bonn'],
    ]);
    expect(same.issues).toMatchObject([{ code: 'left_out_row', line: 3 }]);
    const other = lines(header, first, 'Order ID,Email,Total,City,Name', 'T-2,bo@example.com,24.00,Bonn,Bo');
    expect(() => importText(other)).toThrow(/Line 3 is a second header/);
  });

  it('27 are told when they repeat cell by cell, and counted once where each has an id', () => {
    const header = 'Order ID,Line ID,Email,Total,Status,SKU,Qty';
    const row = 'T-1,1,ada@example.com,12.00,paid,TEA,1';
    const withId = importText(lines(header, row, row, 'T-2,2,bo@example.com,12.00,paid,TEA,1'));
    expect(pledgesOf(withId)[0]).toEqual(['T-1', 'COLLECTED', '12.00', { TEA: 1 }]);
    expect(withId.issues).toMatchObject([{ code: 'repeated_row', row: 2, column: 'Line ID' }]);
    const withoutId = importText(
      lines(
        'Order ID,Email,Total,Status,SKU,Qty',
        'T-1,ada@example.com,12.00,paid,TEA,1',
        'T-1,ada@example.com,12.00,paid,TEA,1',
        'T-2,bo@example.com,12.00,paid,TEA,1',
      ),
    );
    expect(withoutId.issues).toMatchObject([{ code: 'repeated_row', severity: 'warning', row: 2 }]);
  });

  it('28 may have a quote inside a quoted cell, which stays where it is', () => {
    const imported = importText(
      lines(
        'Order ID,Email,Item,Total,Status',
        'T-1,ada@example.com,"Pot 8" iron",12.00,paid',
        'T-2,bo@example.com,Cup 3" high,12.00,paid',
      ),
    );
    expect(imported.records.map(({ products }) => products[0]?.name)).toEqual(['Pot 8" iron', 'Cup 3" high']);
  });

  it('35 of a refund meet the sale with their number: all of it is refunded, a part is a warning', () => {
    const imported = importText(
      lines(
        'Transaction ID,Email,Status,Amount,Currency,Date',
        'T-1,ada@example.com,paid,48.00,EUR,2024-05-22',
        'T-2,bo@example.com,paid,24.00,EUR,2024-05-22',
        'T-1,ada@example.com,refunded,-48.00,EUR,2024-05-29',
        'T-2,bo@example.com,refunded,-4.00,EUR,2024-05-29',
      ),
    );
    const last = new Map(pledgesOf(imported).map((pledge) => [pledge?.[0], pledge?.slice(1, 3)]));
    expect(Object.fromEntries(last)).toEqual({
      'T-1': ['REFUNDED', '48.00'],
      'T-2': ['COLLECTED', '24.00'],
    });
    expect(imported.issues).toMatchObject([
      { code: 'refund_row', row: 3, value: '-48.00' },
      { code: 'refund_row', row: 4, value: '-4.00' },
    ]);
  });

  it('43 that are one quoted cell each are never imported as such', () => {
    const text = lines('"Order ID,Email,Total"', '"T-1,ada@example.com,12.00"', '"T-2,bo@example.com,24.00"');
    const { questions, records, report } = importText(text);
    const isUnwrapped = report.headers.length === 3;
    expect(isUnwrapped || questions.includes('quoted_twice: null')).toBe(true);
    expect(records.map(({ pledge }) => pledge?.externalId)).toEqual(isUnwrapped ? ['T-1', 'T-2'] : []);
  });

  it('45 continue an order where its number is blank, with only the cells of an item', () => {
    const imported = importText(
      lines(
        'Order ID,Email,Status,Total,SKU,Qty',
        'T-1,ada@example.com,paid,18.00,TEA,1',
        ',,,,STR,2',
        'T-2,bo@example.com,paid,12.00,TEA,1',
      ),
    );
    expect(pledgesOf(imported)).toEqual([
      ['T-1', 'COLLECTED', '18.00', { TEA: 1, STR: 2 }],
      ['T-2', 'COLLECTED', '12.00', { TEA: 1 }],
    ]);
    expect(imported.issues).toEqual([]);
  });

  it('48 that are several tables are refused at the second header', () => {
    const basket = (number: number, name: string) => [
      `"Basket","b-${number}","Date","2024-05-02","Open","C"`,
      '"First Name","Last Name","Email","Phone"',
      `"${name}","Muster","${name.toLowerCase()}@example.com",""`,
      '',
      '"SKU","Name","Quantity","Unit Cost","Total Cost"',
      '"TEA","Green tea","1.00","12.00","12.00"',
      '',
    ];
    const text = lines(...basket(1, 'Ada'), ...basket(2, 'Bo'));
    expect(() => importText(text)).toThrow(/second header/);
  });

  it('49 with a sign between its quoted cells is read by that sign', () => {
    const text = lines('"Order ID"#"Email"#"Total"', '"T-1"#"ada@example.com"#"12.00"');
    expect(importText(text).records.map(({ pledge }) => [pledge?.externalId, pledge?.amount])).toEqual([
      ['T-1', '12.00'],
    ]);
  });

  it('49 of a SYLK file is refused by its name', () => {
    const text = lines('ID;PWXL;N;E', 'B;Y2;X2', 'C;Y1;X1;K"Order ID"', 'C;Y2;X1;K"T-1"', 'E');
    expect(() => importText(text)).toThrow(/SYLK.*\.xlsx/);
  });
});
