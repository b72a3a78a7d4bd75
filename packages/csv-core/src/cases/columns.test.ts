import { describe, expect, it } from 'vitest';
import { importText, pledgesOf } from './import-text.testing.js';

const lines = (...rows: readonly string[]) => `${rows.join('\n')}\n`;

/** Imports a file that is understood without a question. */
function understood(...rows: readonly string[]) {
  const imported = importText(lines(...rows));
  expect(imported.questions).toEqual([]);
  return imported;
}

/** Kinds of files whose columns were read wrong, or not at all. The number is that of the kind in our list of faults. */
describe('The columns of a file', () => {
  it('01 fill quantity, amount and status under uncommon names', () => {
    const imported = understood(
      'Order No,E-mail,SKU,Pieces,Grand Total,State of payment',
      'T-1,ada@example.com,TEA,4,48.00,paid',
      'T-2,bo@example.com,TEA,2,24.00,refunded',
    );
    expect(pledgesOf(imported)).toEqual([
      ['T-1', 'COLLECTED', '48.00', { TEA: 4 }],
      ['T-2', 'REFUNDED', '24.00', { TEA: 2 }],
    ]);
  });

  it('02 may say the currency in the header, and have a dot, blanks and a line break', () => {
    const imported = understood(
      '" Order\nID ",E-Mail Address ," NAME",Total (EUR),Qty.,sku',
      'T-1,ada@example.com,Ada,12.00,3,TEA',
    );
    expect(pledgesOf(imported)).toEqual([['T-1', null, '12.00', { TEA: 3 }]]);
    expect(imported.records[0]?.pledge?.currency).toBe('EUR');
  });

  it('04 say what was refunded and canceled', () => {
    const imported = understood(
      'Order ID,Email,Total,Amount Refunded,Cancelled on,SKU,Qty',
      'T-1,ada@example.com,48.00,0.00,,TEA,1',
      'T-2,bo@example.com,48.00,48.00,,TEA,1',
      'T-3,cy@example.com,48.00,12.00,,TEA,1',
      'T-4,di@example.com,48.00,0.00,2024-05-20,TEA,1',
    );
    expect(pledgesOf(imported).map((pledge) => pledge?.[1])).toEqual([null, 'REFUNDED', null, 'CANCELED']);
    expect(imported.issues).toMatchObject([
      { code: 'partial_refund', row: 3, column: 'Amount Refunded', value: '12.00' },
    ]);
  });

  it('05 have the status about money beside another status', () => {
    const imported = understood(
      'Order ID,Email,Order State,Payment State,Total',
      'T-1,ada@example.com,open,paid,20.00',
      'T-2,bo@example.com,complete,refunded,20.00',
    );
    expect(pledgesOf(imported).map((pledge) => pledge?.[1])).toEqual(['COLLECTED', 'REFUNDED']);
  });

  it('07 of a list of attendees make one pledge of each ticket, with its own status and address', () => {
    const imported = understood(
      'Order #,Order Date,First Name,Last Name,Email,Quantity,Ticket Type,Attendee #,Order Type,Currency,Total Paid,Fees Paid,Attendee Status,Home Address 1,Home City,Home State,Home Zip,Home Country',
      '901,5/22/24 18:00,Ada,Muster,ada@example.com,1,Tasting,7001,Credit Card,USD,30.00,1.00,Attending,4 Elm Rd,Salem,MA,01970,US',
      '901,5/22/24 18:00,Bo,Muster,bo@example.com,1,Tasting,7002,Credit Card,USD,30.00,1.00,Attending,,,,,',
      '902,5/23/24 19:00,Cy,Muster,cy@example.com,1,Tasting,7003,Credit Card,USD,30.00,1.00,Refunded,,,,,',
    );
    expect(imported.report.platform).toBe('eventbrite');
    expect(
      imported.records.map(({ backer, pledge }) => [backer.email, pledge?.status, pledge?.amount]),
    ).toEqual([
      ['ada@example.com', 'COLLECTED', '30.00'],
      ['bo@example.com', 'COLLECTED', '30.00'],
      ['cy@example.com', 'REFUNDED', '30.00'],
    ]);
    expect(imported.records[0]?.pledge).toMatchObject({ shippingCity: 'Salem', shippingPostalCode: '01970' });
  });

  it('08 of the order grid of Magento have amounts, dates and its statuses', () => {
    const imported = understood(
      'ID,Purchase Point,Purchase Date,Bill-to Name,Ship-to Name,Grand Total (Base),Grand Total (Purchased),Status,Customer Email,Customer Group,Subtotal,Shipping and Handling,Customer Name,Payment Method,Total Refunded',
      '000000011,Tea Shop,"May 2, 2024 9:15:00 AM",Ada,Ada,$52.00,$52.00,Processing,ada@example.com,General,$48.00,$4.00,Ada,checkmo,$0.00',
      '000000012,Tea Shop,"May 3, 2024 9:15:00 AM",Bo,Bo,"$1,204.00","$1,204.00",Closed,bo@example.com,General,"$1,200.00",$4.00,Bo,checkmo,"$1,204.00"',
      '000000013,Tea Shop,"May 4, 2024 9:15:00 AM",Cy,Cy,$16.00,$16.00,Pending Payment,cy@example.com,General,$12.00,$4.00,Cy,checkmo,$0.00',
    );
    expect(pledgesOf(imported)).toEqual([
      ['000000011', 'COLLECTED', '52.00', null],
      ['000000012', 'REFUNDED', '1204.00', null],
      ['000000013', 'PENDING', '16.00', null],
    ]);
    expect(imported.records[0]?.pledge).toMatchObject({
      shippingAmount: '4.00',
      pledgedAt: expect.stringContaining('2024-05-02'),
    });
  });

  it('11 have a status that is blank in one row, which is then pending with a warning', () => {
    const imported = understood(
      'Order ID,Email,Status,Total,SKU,Qty',
      'T-1,ada@example.com,paid,12.00,TEA,1',
      'T-2,bo@example.com,,24.00,TEA,2',
    );
    expect(pledgesOf(imported).map((pledge) => pledge?.[1])).toEqual(['COLLECTED', 'PENDING']);
    expect(imported.issues).toMatchObject([{ code: 'blank_status', row: 2, column: 'Status' }]);
  });

  it('12 of a sister format of WooCommerce hold the items in one cell', () => {
    const imported = understood(
      'order_id,order_number,date,status,shipping_total,shipping_tax_total,tax_total,cart_discount,order_discount,discount_total,order_total,payment_method,shipping_method,customer_id,billing_first_name,billing_last_name,billing_company,billing_email,billing_phone,billing_address_1,billing_postcode,billing_city,billing_state,billing_country,shipping_first_name,shipping_last_name,shipping_address_1,shipping_postcode,shipping_city,shipping_state,shipping_country,customer_note,line_items,shipping_items,tax_items,coupons,order_notes',
      '81,#81,2024-05-02 09:15:00,processing,4.00,0.00,0.00,0,0,0,40.00,paypal,flat_rate,5,Ada,Muster,,ada@example.com,,4 Elm Rd,01970,Salem,MA,US,Ada,Muster,4 Elm Rd,01970,Salem,MA,US,,"name:Green tea|sku:TEA|quantity:3|total:30.00;name:Strainer|sku:STR|quantity:1|total:6.00",,,,',
    );
    expect(pledgesOf(imported)).toEqual([['81', 'COLLECTED', '40.00', { TEA: 3, STR: 1 }]]);
  });

  it('24 may only say who people are, and then it is asked whether they have pledged', () => {
    const text = lines(
      'ID,Full name,Email,Town,Country',
      '1,Ada Muster,ada@example.com,Salem,US',
      '2,Bo Muster,bo@example.com,Bonn,DE',
    );
    expect(importText(text)).toMatchObject({ questions: ['people_or_pledges: null'], records: [] });
    const people = importText(text, 'people').records;
    expect(people.map(({ pledge, backer }) => [pledge, backer.email])).toEqual([
      [null, 'ada@example.com'],
      [null, 'bo@example.com'],
    ]);
  });

  it('29 of the sales of Gumroad have an amount, refunds as yes and no, and a row of totals', () => {
    const imported = understood(
      'Purchase ID,Item Name,Buyer Name,Purchase Email,Buyer Email,Do not contact?,Purchase Date,Purchase Time (UTC timezone),Subtotal ($),Taxes ($),Shipping ($),Sale Price ($),Fees ($),Net Total ($),Tip ($),Refunded?,Partial Refund ($),Fully Refunded?,Disputed?,Dispute Won?,Variants,Product ID,Order Number,Custom Fields,Item Price ($),SKU ID,Quantity',
      'x1==,Tea Atlas,Ada,ada@example.com,ada@example.com,0,2024-05-02,2024-05-02 09:00:00 UTC,20.0,0.0,0.0,20.0,1.0,19.0,0.0,0,0.0,0,0,0,,tea,7001,{},10.0,ATL,2',
      'x2==,Tea Atlas,Bo,bo@example.com,,0,2024-05-03,2024-05-03 09:00:00 UTC,10.0,0.0,0.0,10.0,1.0,9.0,0.0,1,0.0,1,0,0,,tea,7002,{},10.0,ATL,1',
      'Totals,,,,,,,,30.0,0.0,0.0,30.0,2.0,28.0,0.0,,0.0,,,,,,,,,,',
    );
    expect(imported.records.map(({ pledge }) => [pledge?.status, Number(pledge?.amount)])).toEqual([
      [null, 20],
      ['REFUNDED', 10],
    ]);
    expect(imported.issues).toMatchObject([{ code: 'left_out_row', row: 3 }]);
  });

  it('32 of Squarespace are not taken for those of Shopify, whose key they lack', () => {
    const imported = understood(
      'Order ID,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Currency,Subtotal,Shipping,Taxes,Amount Refunded,Total,Discount Code,Discount Amount,Shipping Method,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Lineitem variant,Lineitem requires shipping,Lineitem taxable,Lineitem fulfillment status,Billing Name,Billing Country,Shipping Name,Shipping City,Shipping Zip,Shipping Province,Shipping Country,Cancelled at,Private Notes,Payment Method,Payment Reference',
      '00071,ada@example.com,PAID,5/2/2024 9:06,pending,,USD,24,4,0,0,28,,0,Flat,5/2/2024 9:06,2,Green tea,12,TEA,100g,TRUE,TRUE,pending,Ada,United States,Ada,Salem,01970,MA,United States,,,Stripe,ch_a',
      '00071,,,,,,,,,,,,,,,,1,Strainer,6,STR,,TRUE,TRUE,pending,,,,,,,,,,,',
    );
    expect(imported.report.platform).toBe('squarespace');
    expect(pledgesOf(imported)).toEqual([['00071', 'COLLECTED', '28', { TEA: 2, STR: 1 }]]);
  });

  it('34 have no key where several people share one reference', () => {
    const imported = understood(
      'Reference,Email,Amount,Status',
      'For the tea,ada@example.com,12.00,paid',
      'For the tea,bo@example.com,24.00,paid',
    );
    expect(imported.records).toEqual([]);
    expect(imported.issues).toMatchObject([
      { code: 'several_people', severity: 'error', row: 1, column: 'Reference', value: 'For the tea' },
      { code: 'several_people', severity: 'error', row: 2, column: 'Reference', value: 'For the tea' },
    ]);
  });

  it('36 have status words of other programs, and unknown ones can be taught', () => {
    const text = lines(
      'Order ID,Email,Total,Status',
      'T-1,ada@example.com,12.00,succeeded',
      'T-2,bo@example.com,12.00,wc-completed',
      'T-3,cy@example.com,12.00,Remboursé',
      'T-4,di@example.com,12.00,steeped',
    );
    const asked = importText(text);
    expect(asked).toMatchObject({ questions: ['unknown_words: Status'], records: [] });
    expect(asked.report.questions[0]?.cells).toEqual(['steeped']);
    const taught = importText(text, (columns) =>
      columns.map((column) =>
        column.as === 'status' ? { ...column, values: { steeped: 'PENDING' as const } } : column,
      ),
    );
    expect(pledgesOf(taught).map((pledge) => pledge?.[1])).toEqual([
      'COLLECTED',
      'COLLECTED',
      'REFUNDED',
      'PENDING',
    ]);
  });

  it('36 that say how far the parcel is are no payment status', () => {
    const { roles, questions } = importText(
      lines(
        'Order ID,Email,Status,Total',
        'T-1,ada@example.com,Shipped,12.00',
        'T-2,bo@example.com,In transit,24.00',
      ),
    );
    expect(roles['Status']).not.toBe('status');
    expect(questions).toEqual(['unclear_column: Status']);
  });

  it('38 hold provinces that are no payment status', () => {
    const imported = understood(
      'ID,FIRST NAME,LAST NAME,EMAIL ADDRESS,AMOUNT,DONATION DATE,PROVINCE,POSTAL CODE',
      '1,Ada,Muster,ada@example.com,12.00,2024-05-22,ON,K2P 1L4',
      '2,Bo,Muster,bo@example.com,24.00,2024-05-23,BC,V6B 4Y8',
    );
    expect(imported.roles['PROVINCE']).toBe('shippingState');
    expect(imported.records.map(({ pledge }) => pledge?.shippingState)).toEqual(['ON', 'BC']);
  });

  it('39 count no running numbers, fees or net amounts as units', () => {
    const german = understood(
      'Protokollnummer;Bestellnummer;E-Mail des Käufers;Artikelbezeichnung;Stückzahl;Gebühren;Gesamtpreis;Verkauft am',
      '1;T-1;ada@example.com;Tee;3;2;EUR 36,00;10-Mai-24',
      '2;T-2;bo@example.com;Sieb;1;1;EUR 12,00;12-Mai-24',
    );
    expect(pledgesOf(german)).toEqual([
      ['T-1', null, '36.00', { Tee: 3 }],
      ['T-2', null, '12.00', { Sieb: 1 }],
    ]);
    const payments = importText(
      lines(
        'Payment ID,Buyer Username,Buyer Name,Order ID,Gross Amount,Fees,Net Amount,Posted Gross,Posted Fees,Posted Net,Adjusted Gross,Adjusted Fees,Adjusted Net,Currency,VAT Amount,Status,Funds Available,Order Date,Buyer,Order Type,Payment Type,Refund Amount',
        'P-8,ada8,Ada,77001,24.00,2,22.00,24.00,2,22.00,0,0,0,EUR,0,SETTLED,05/20/2024,05/02/2024,Ada,Online,Card,0',
        'P-9,bo9,Bo,77002,48.00,4,44.00,48.00,4,44.00,24,2,22,EUR,0,SETTLED,05/21/2024,05/03/2024,Bo,Online,Card,24',
      ),
    );
    expect(payments.records).toEqual([]);
    expect(Object.entries(payments.roles).filter(([, as]) => as === 'item')).toEqual([]);
  });

  it('40 have the number of the order as the key, beside one of each line', () => {
    const imported = understood(
      'Sale Date,Item Name,Buyer,Quantity,Price,Coupon Code,Discount Amount,Shipping Discount,Order Shipping,Order Sales Tax,Item Total,Currency,Transaction ID,Listing ID,Date Paid,Date Shipped,Ship Name,Ship Address1,Ship City,Ship State,Ship Zipcode,Ship Country,Order ID,Variations,Order Type,Listings Type,Payment Type,SKU',
      '05/22/24,Green tea,ada8,2,$12.00,,,,$4.00,$0.00,$24.00,USD,5001,801,05/22/24,,Ada,4 Elm Rd,Salem,MA,01970,United States,77001,,online,listing,online_cc,TEA',
      '05/22/24,Strainer,ada8,1,$6.00,,,,$0.00,$0.00,$6.00,USD,5002,802,05/22/24,,Ada,4 Elm Rd,Salem,MA,01970,United States,77001,,online,listing,online_cc,STR',
    );
    expect(pledgesOf(imported)).toEqual([['77001', null, null, { TEA: 2, STR: 1 }]]);
    expect(imported.report.assumptions.map(({ code }) => code)).toContain('no_amount');
    const unknown = importText(
      lines(
        'Line ID,Order ID,Email,Item,Total',
        '1,T-1,ada@example.com,Tea,12.00',
        '2,T-1,ada@example.com,Cup,12.00',
      ),
    );
    expect(unknown.roles).toMatchObject({ 'Order ID': 'externalId' });
    expect(unknown.roles['Line ID']).not.toBe('externalId');
  });

  it('50 of an audience of Mailchimp make people, and no addresses of the internet', () => {
    const imported = understood(
      '"Email Address","First Name","Last Name","MEMBER_RATING","OPTIN_TIME","OPTIN_IP","CONFIRM_TIME","CONFIRM_IP","LATITUDE","LONGITUDE","GMTOFF","DSTOFF","TIMEZONE","CC","REGION","LAST_CHANGED","LEID","EUID","NOTES","TAGS"',
      'ada@example.com,Ada,Muster,2,"2024-05-02 09:00:00",198.51.100.7,"2024-05-02 09:05:00",198.51.100.7,42.5,-70.9,-5,-4,America/New_York,US,MA,"2024-05-02 09:05:00",300,ab12cd,,',
    );
    expect(imported.records.map(({ pledge, backer }) => [pledge, backer.email, backer.name])).toEqual([
      [null, 'ada@example.com', 'Ada Muster'],
    ]);
    expect(JSON.stringify(imported.rows)).not.toContain('198.51.100.7');
  });
});
