import { describe, expect, it } from 'vitest';
import { listNotices } from '../test-support/list-notices.js';
import { packXlsx, type WorkbookToPack } from '../test-support/pack-xlsx.js';
import { packZip } from '../test-support/pack-zip.js';
import { inPieces, limits, readAll } from '../test-support/read-all.js';
import { unpack } from '../unpack.js';
import { UnpackError } from '../unpack-error.js';
import type { UnpackOptions } from '../unpacked-file.js';

async function read(workbook: WorkbookToPack, sheet?: string) {
  return readAll(await packXlsx(workbook), { sheet });
}

/** The rows of a workbook's only sheet. */
async function rowsOf(rows: string, workbook: Partial<WorkbookToPack> = {}) {
  const [file] = await read({ sheets: [{ name: 'Sheet1', rows }], ...workbook });
  if (file === undefined || !('rows' in file)) throw new Error('no sheet');
  return file.rows;
}

const text = (value: string) => `<row><c t="inlineStr"><is><t>${value}</t></is></c></row>`;

describe('A workbook', () => {
  it('yields its cells as Excel shows them', async () => {
    const rows = await rowsOf(
      `<row r="1" spans="1:6" x14ac:dyDescent="0.25"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c><c r="D1" t="s"><v>3</v></c><c r="E1" t="s"><v>4</v></c><c r="F1" t="s"><v>5</v></c></row>
<row r="2" spans="1:6" x14ac:dyDescent="0.25"><c r="A2"><v>123456789012</v></c><c r="B2" s="1"><v>45355.528472222226</v></c><c r="C2" s="2"><v>1234.5</v></c><c r="D2" s="3"><v>501</v></c><c r="E2" t="b"><v>1</v></c><c r="F2" s="2"><f>C2*2</f><v>2469</v></c></row>
<row r="4" spans="1:6" x14ac:dyDescent="0.25"><c r="A4" s="4"/><c r="B4" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="D4" t="s"><v>6</v></c><c r="F4" t="str"><f>A2&amp;"x"</f><v>12 &amp; x</v></c></row>
<row r="5" spans="1:6" x14ac:dyDescent="0.25"><c r="A5" s="4"/></row>`,
      {
        formats: ['General', 'm/d/yyyy h:mm', '"$"#,##0.00', '00000', '0%'],
        strings:
          '<si><t>Order ID</t></si><si><t>Pledged at</t></si><si><t xml:space="preserve">Amount </t></si><si><r><rPr><b/></rPr><t>Post</t></r><r><t xml:space="preserve"> code</t></r></si><si><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh><phoneticPr fontId="1"/></si><si><t/></si><si><t>a_x000D_\nb_x005F_x000D_</t></si>',
      },
    );
    expect(rows).toEqual({
      1: ['Order ID', 'Pledged at', 'Amount ', 'Post code', '東京'],
      2: ['123456789012', '2024-03-04 12:41:00', '$1,234.50', '00501', 'TRUE', '$2,469.00'],
      4: ['', '', '', 'a\r\nb_x000D_', '', '12 & x'],
    });
  });

  it('may be as other programs write it: inline strings, no row numbers or references, prefixed elements', async () => {
    const sheet = `<?xml version="1.0"?><x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData><x:row><x:c t="inlineStr"><x:is><x:t>Order ID</x:t></x:is></x:c><x:c t="inlineStr"><x:is><x:r><x:t>Na</x:t></x:r><x:r><x:t>me</x:t></x:r></x:is></x:c></x:row><x:row/><x:row><x:c><x:v>7</x:v></x:c><x:c r="D3" t="inlineStr"><x:is><x:t>far</x:t></x:is></x:c><x:c t="d"><x:v>2024-03-04T00:00:00.000Z</x:v></x:c><x:c t="d"><x:v>2024-03-04T12:41:00</x:v></x:c></x:row></x:sheetData></x:worksheet>`;
    const rows = await rowsOf('', { parts: { 'xl/worksheets/sheet1.xml': sheet } });
    expect(rows).toEqual({
      1: ['Order ID', 'Name'],
      3: ['7', '', '', 'far', '2024-03-04', '2024-03-04 12:41:00'],
    });
  });

  it('may be in the Strict form of the standard, and in UTF-16', async () => {
    const workbook = {
      isStrict: true,
      sheets: [{ name: 'Blatt', rows: '<row r="1"><c r="A1" t="s"><v>0</v></c></row>' }],
      parts: {
        'xl/sharedStrings.xml': Buffer.from('\ufeff<sst><si><t>Größe</t></si></sst>', 'utf16le'),
      },
    };
    expect(await read(workbook)).toEqual([{ name: null, sheet: 'Blatt', rows: { 1: ['Größe'] } }]);
  });

  it('may have parts with other names, as some libraries write them', async () => {
    const types = (ns: string) => `http://schemas.openxmlformats.org/officeDocument/2006/relationships/${ns}`;
    const workbook = await packZip({
      '[content_types].xml': `<Types><Override PartName="/book.xml" ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>`,
      '_rels/.rels': `<Relationships><Relationship Id="a" Type="${types('officeDocument')}" Target="/deep/book.xml"/></Relationships>`,
      'deep/book.xml': `<workbook><sheets><sheet name="One" rel:id="b" sheetId="9" xmlns:rel="x"/></sheets></workbook>`,
      'deep/_rels/book.xml.rels': `<Relationships><Relationship Id="b" Type="${types('worksheet')}" Target="../Data/First.XML"/></Relationships>`,
      'data/first.xml': `<worksheet><sheetData>${text('found')}</sheetData></worksheet>`,
    });
    expect(await readAll(workbook)).toEqual([{ name: null, sheet: 'One', rows: { 1: ['found'] } }]);
  });

  it('counts days from 1904 if its date1904 is set', async () => {
    const rows = await rowsOf('<row><c s="0"><v>43893</v></c></row>', {
      is1904: true,
      formats: ['m/d/yyyy'],
    });
    expect(rows).toEqual({ 1: ['2024-03-04'] });
  });

  it('counts the days of every form of date from 1904, and no other number', async () => {
    const cells = [0, 1, 2, 3, 4].map((style) => `<c s="${style}"><v>43893.5</v></c>`).join('');
    const rows = await rowsOf(`<row>${cells}<c t="d"><v>2024-03-04T12:00:00</v></c></row>`, {
      is1904: true,
      formats: ['m/d/yyyy h:mm', 'yyyy-mm-dd', 'yyyy', '[h]:mm', '0.00'],
    });
    expect(rows).toEqual({
      1: ['2024-03-04 12:00:00', '2024-03-04', '2024', '1053444:00', '43893.50', '2024-03-04 12:00:00'],
    });
  });

  it.each([
    [true, ['unformatted_days']],
    [false, []],
  ])('has a notice of numbers that may be days, where it counts from 1904: %s', async (is1904, codes) => {
    const workbook = await packXlsx({
      is1904,
      sheets: [{ name: 'One', rows: '<row><c><v>43893</v></c><c><v>12</v></c></row>' }],
    });
    const { notices } = await listNotices(workbook);
    expect(notices.map((notice) => notice.split(':')[0])).toEqual(codes);
  });

  it('yields each row up to its last cell with text', async () => {
    const rows = await rowsOf(
      '<row r="1"><c r="C1" t="b"><v>0</v></c></row><row r="2"><c r="A2"><v>1</v></c></row><row r="3"><c r="E3" t="str"><v> </v></c><c r="A3"><v>2</v></c></row>',
    );
    expect(rows).toEqual({ 1: ['', '', 'FALSE'], 2: ['1'], 3: ['2'] });
  });

  it('yields hidden rows too, and numbers rows as the sheet does', async () => {
    const rows = await rowsOf(
      '<row r="5"><c r="A5"><v>1</v></c></row><row r="1048576" hidden="1"><c r="A1048576"><v>2</v></c></row>',
    );
    expect(rows).toEqual({ 5: ['1'], 1048576: ['2'] });
  });

  it('yields formulas where it was saved without results, because a blank would hide them', async () => {
    const rows = await rowsOf(
      '<row><c><f>SUM(B1:B9)</f><v></v></c><c t="str"><f>""</f><v></v></c><c><f t="shared" si="0"/></c></row>',
    );
    expect(rows).toEqual({ 1: ['=SUM(B1:B9)', '', '='] });
  });

  it('yields at most 32 KiB of a formula', async () => {
    const formula = '1+&amp;'.repeat(100_000);
    const rows = await rowsOf(`<row><c><f>${formula}</f></c><c><f>${formula}</f><v>7</v></c></row>`);
    expect(rows[1]).toEqual([`=${'1+&'.repeat(20_000).slice(0, 32 * 1024)}`, '7']);
  });

  it('may have its rows in any order', async () => {
    const rows = await rowsOf('<row r="7"><c><v>7</v></c></row><row r="2"><c><v>2</v></c></row>');
    expect(rows).toEqual({ 7: ['7'], 2: ['2'] });
  });

  it('yields its rows one by one where each is long', async () => {
    const long = text('x'.repeat(1_100_000));
    const bytes = await packXlsx({
      sheets: [{ name: 'Sheet1', rows: long.repeat(3) + text('y').repeat(3) }],
    });
    const sizes: number[] = [];
    for await (const file of unpack(inPieces(bytes), { limits })) {
      if (file.kind === 'sheet') for await (const batch of file.rows) sizes.push(batch.length);
    }
    expect(sizes).toEqual([1, 1, 1, 3]);
  });

  it('yields the same rows however its bytes are cut', async () => {
    const cells = Array.from(
      { length: 3_000 },
      (_, n) => `<row><c t="str"><v>Zeile ${n} – größer</v></c></row>`,
    );
    const rows = await rowsOf(cells.join(''));
    expect(Object.values(rows)).toEqual(Array.from({ length: 3_000 }, (_, n) => [`Zeile ${n} – größer`]));
  });
});

describe('The sheet that is read from a workbook', () => {
  const sheets = [
    { name: 'Cover', rows: '<row r="1"><c r="A1" s="0"/><c r="B1" t="str"><v> </v></c></row>' },
    { name: 'Raw', rows: text('raw'), state: 'hidden' as const },
    { name: 'Pledges', rows: text('pledges') },
    { name: 'Ünsere Notizen', rows: text('notes') },
  ];
  const reason = expect.stringMatching(/another sheet.*\?sheet=(?:Raw|%C3%9Cnsere%20Notizen)$/);

  it('is the first visible one with a value, and the others are reported as skipped', async () => {
    expect(await read({ sheets })).toEqual([
      { name: null, sheet: 'Pledges', rows: { 1: ['pledges'] } },
      { name: 'Ünsere Notizen', skipped: reason },
      { name: 'Raw', skipped: reason },
    ]);
  });

  it('is a hidden one, with a notice, if no other has a value', async () => {
    expect(await read({ sheets: sheets.slice(0, 2) })).toEqual([
      { name: null, sheet: 'Raw', rows: { 1: ['raw'] } },
    ]);
    expect(await listNotices(await packXlsx({ sheets: sheets.slice(0, 2) }))).toMatchObject({
      notices: [expect.stringMatching(/^hidden_sheet: .*"Raw".*because no other has a value/)],
    });
  });

  it.each([
    ['pledges', 'Pledges'],
    [' ÜNSERE notizen ', 'Ünsere Notizen'],
    ['2', 'Raw'],
    ['raw', 'Raw'],
  ])('is the one that the option sheet names: %s', async (wanted, sheet) => {
    expect(await read({ sheets }, wanted)).toMatchObject([{ sheet }]);
  });

  it('is the one named "1" when the option sheet is 1, before the one in the first place', async () => {
    const years = [
      { name: '2', rows: text('two') },
      { name: '1', rows: text('one') },
    ];
    expect(await read({ sheets: years }, '1')).toMatchObject([{ sheet: '1' }]);
  });

  it('must exist, else the error lists the sheets that do', async () => {
    for (const wanted of ['Orders', '0', '5', '']) {
      await expect(read({ sheets }, wanted)).rejects.toMatchObject({
        code: 'sheet_not_found',
        message: expect.stringContaining('"Cover", "Raw" (hidden), "Pledges", "Ünsere Notizen"'),
      });
    }
  });

  it('must have a value, else the workbook is refused', async () => {
    await expect(read({ sheets }, 'Cover')).rejects.toMatchObject({
      code: 'no_rows_in_workbook',
      message: expect.stringMatching(
        /^Sheet "Cover" .*"Cover", "Raw" \(hidden\), "Pledges", "Ünsere Notizen"/,
      ),
    });
    await expect(read({ sheets: sheets.slice(0, 1) })).rejects.toMatchObject({
      code: 'no_rows_in_workbook',
      message: expect.not.stringContaining('The sheets'),
    });
  });

  it('is reported together with the name of its workbook in an archive', async () => {
    const archive = await packZip({ 'in/orders.xlsx': await packXlsx({ sheets }) });
    expect(await readAll(archive, { sheet: 'Raw' })).toMatchObject([
      { name: 'in/orders.xlsx', sheet: 'Raw' },
    ]);
    expect(await readAll(archive)).toMatchObject([
      { name: 'in/orders.xlsx', sheet: 'Pledges' },
      { name: 'in/orders.xlsx: Ünsere Notizen' },
      { name: 'in/orders.xlsx: Raw' },
    ]);
  });
});

describe('The sheet that is likeliest to be meant', () => {
  const cover = { name: 'Cover', rows: text('Report') };
  const wideCover = { name: 'Wide', rows: '<row><c><v>1</v></c><c><v>2</v></c></row>' };
  const table = (name: string, header = 'a') => ({
    name,
    rows: `<row><c t="str"><v>${header}</v></c><c t="str"><v>b</v></c></row><row><c><v>1</v></c></row>`,
  });

  async function sheetsOf(sheets: WorkbookToPack['sheets'], isTable?: UnpackOptions['isTable']) {
    const files = await readAll(await packXlsx({ sheets }), { isTable });
    return files.map((file) => ('sheet' in file ? file.sheet : `not ${file.name}`));
  }

  it('is the first with two rows and two columns', async () => {
    expect(await sheetsOf([cover, wideCover, table('Data'), table('More')])).toEqual([
      'Data',
      'not Cover',
      'not Wide',
      'not More',
    ]);
    expect(await sheetsOf([cover, wideCover])).toEqual(['Cover', 'not Wide']);
  });

  it('is before all others the first that isTable accepts', async () => {
    const isTable: UnpackOptions['isTable'] = (rows) => rows.some(([first]) => first === 'Order ID');
    const sheets = [cover, table('Data'), table('Pledges', 'Order ID'), table('More', 'Order ID')];
    expect(await sheetsOf(sheets, isTable)).toEqual(['Pledges', 'not Cover', 'not Data', 'not More']);
    expect(await sheetsOf(sheets.slice(0, 2), isTable)).toEqual(['Data', 'not Cover']);
  });

  const hidden = (name: string, header?: string) => ({ ...table(name, header), state: 'hidden' as const });
  const isOrders: UnpackOptions['isTable'] = (rows) => rows.some(([first]) => first === 'Order ID');

  it('is a known one with rows before a known one with only a header', async () => {
    const header = { name: 'Header', rows: text('Order ID') };
    expect(await sheetsOf([header, table('Data'), table('Orders', 'Order ID')], isOrders)).toEqual([
      'Orders',
      'not Header',
      'not Data',
    ]);
    expect(await sheetsOf([table('Data'), header], isOrders)).toEqual(['Header', 'not Data']);
  });

  it('is a visible table even if isTable accepts a hidden one, which is reported as skipped', async () => {
    const sheets = [hidden('Hidden', 'Order ID'), table('Data'), cover];
    expect(await sheetsOf(sheets, isOrders)).toEqual(['Data', 'not Cover', 'not Hidden']);
    const workbook = await packXlsx({ sheets });
    expect(await listNotices(workbook, { isTable: isOrders })).toEqual({
      notices: [],
      skipped: [
        { name: 'Cover', mayHoldRows: false },
        { name: 'Hidden', mayHoldRows: true },
      ],
    });
    expect(await readAll(workbook)).toContainEqual({
      name: 'Hidden',
      skipped: expect.stringMatching(/^another sheet of the workbook, which is hidden; .*\?sheet=Hidden$/),
    });
  });

  it('is a hidden one, with a notice, where no visible one has a table', async () => {
    const sheets = [cover, hidden('Lists'), wideCover, hidden('Orders', 'Order ID')];
    expect(await sheetsOf(sheets, isOrders)).toEqual(['Orders', 'not Cover', 'not Wide', 'not Lists']);
    expect(await sheetsOf(sheets)).toEqual(['Lists', 'not Cover', 'not Wide', 'not Orders']);
    expect(await listNotices(await packXlsx({ sheets }), { isTable: isOrders })).toEqual({
      notices: [
        'hidden_sheet: The rows are those of sheet "Orders", which is hidden in the workbook, because there is no table in "Cover", "Wide". To import another sheet, send the workbook again with ?sheet= and its name.',
      ],
      skipped: [
        { name: 'Cover', mayHoldRows: false },
        { name: 'Wide', mayHoldRows: false },
        { name: 'Lists', mayHoldRows: true },
      ],
    });
  });

  it('is a visible one that isTable accepts, even if it has only a header', async () => {
    const header = { name: 'Header', rows: text('Order ID') };
    expect(await sheetsOf([header, hidden('Data', 'Order ID')], isOrders)).toEqual(['Header', 'not Data']);
  });

  it('has no notice about a hidden sheet that was asked for', async () => {
    const workbook = await packXlsx({ sheets: [cover, hidden('Orders')] });
    expect(await listNotices(workbook, { sheet: 'Orders' })).toEqual({ notices: [], skipped: [] });
  });

  it('is judged by its first 20 rows', async () => {
    const seen: number[] = [];
    await sheetsOf([{ name: 'Long', rows: text('x').repeat(1_000) }, cover], (rows) => {
      seen.push(rows.length);
      return false;
    });
    expect(seen).toEqual([20, 1]);
  });

  it('is read from its first row, although the first rows were looked at before', async () => {
    const files = await readAll(await packXlsx({ sheets: [cover, table('Data')] }));
    expect(files[0]).toEqual({ name: null, sheet: 'Data', rows: { 1: ['a', 'b'], 2: ['1'] } });
  });
});

describe('A cell of a workbook', () => {
  const cells = (xml: string) => `<row r="1">${xml}</row>`;

  it.each([
    [
      'with an inline string and a value, of type inlineStr',
      '<c t="inlineStr"><is><t>1.</t></is><v>01.</v></c>',
      '1.',
    ],
    [
      'with a value and an inline string, of type inlineStr',
      '<c t="inlineStr"><v>01.</v><is><t>1.</t></is></c>',
      '1.',
    ],
    ['with a value and an inline string, of type str', '<c t="str"><is><t>1.</t></is><v>01.</v></c>', '01.'],
    ['with a number and an inline string, without a type', '<c><v>7</v><is><t>x</t></is></c>', '7'],
    ['of type inlineStr with only a value', '<c t="inlineStr"><v>a_x000D_b</v></c>', 'a\rb'],
    ['of type s with only an inline string', '<c t="s"><is><t>a</t></is></c>', 'a'],
    [
      'of rich text runs with a phonetic reading',
      '<c t="inlineStr"><is><r><rPr><b/></rPr><t>東</t></r><r><t>京</t></r><rPh sb="0" eb="2"><t>トウ</t></rPh></is></c>',
      '東京',
    ],
  ])('%s has the text that its type asks for, or the only one', async (_what, xml, expected) => {
    expect(await rowsOf(cells(xml))).toEqual({ 1: [expected] });
  });

  const error = (place: string, value: string) => `<c r="${place}" t="e"><f>x</f><v>${value}</v></c>`;
  const errorsOf = async (rows: string) =>
    (await listNotices(await packXlsx({ sheets: [{ name: 'Sheet1', rows }] }))).notices;

  it('with an error is blank, and a notice names it', async () => {
    const rows = `<row r="7"><c r="A7"><v>1</v></c>${error('B7', '#REF!')}</row>`;
    expect(await rowsOf(rows)).toEqual({ 7: ['1'] });
    expect(await errorsOf(rows)).toEqual([
      'error_cells: One cell holds an error in place of a value and came out blank: B7: #REF!. Correct it and send the workbook again.',
    ]);
  });

  it('with an error is counted, and the notice names the first three', async () => {
    const first = `<row r="1">${error('AA1', '#N/A')}</row><row r="3">${error('C3', '#DIV/0!')}</row>`;
    const rest = '<row><c t="e"><v/></c><c t="e"><v>#SPILL!</v></c></row>'.repeat(1_000) + text('x');
    expect(await errorsOf(first + rest)).toEqual([
      'error_cells: 2002 cells hold an error in place of a value and came out blank: AA1: #N/A, C3: #DIV/0!, A4: an error and 1999 more. Correct them and send the workbook again.',
    ]);
  });

  it('with an error appears in the notices once the rows are read', async () => {
    const rows = `<row>${error('A1', '#REF!')}</row>`.repeat(3) + text('x').repeat(2);
    const workbook = await packXlsx({ sheets: [{ name: 'Sheet1', rows }] });
    for await (const file of unpack(inPieces(workbook), { limits })) {
      if (file.kind !== 'sheet') throw new Error('no sheet');
      expect(file.notices()).toEqual([]);
      for await (const _batch of file.rows);
      expect(file.notices()).toMatchObject([{ code: 'error_cells' }]);
    }
  });

  it('with an error has no notice in a sheet that is not read', async () => {
    const sheets = [
      { name: 'Data', rows: text('x') },
      { name: 'Other', rows: `<row><c t="b"><v>1</v></c>${error('B1', '#REF!')}</row>` },
    ];
    expect((await listNotices(await packXlsx({ sheets }))).notices).toEqual([]);
  });

  it('with a value that had to be rounded is named in a notice', async () => {
    const rows = '<row><c s="0"><v>33.3333333333333</v></c><c s="0"><v>0.30000000000000004</v></c></row>';
    const workbook = await packXlsx({ sheets: [{ name: 'Sheet1', rows }], formats: ['$#,##0.00'] });
    expect(await readAll(workbook)).toMatchObject([{ rows: { 1: ['$33.3333', '$0.30'] } }]);
    expect((await listNotices(workbook)).notices).toEqual([
      'rounded_cells: One cell holds more decimals than an amount can have, which the sheet does not show, and came out rounded to the fourth: A1: 33.3333333333333. Round it in the sheet if that is not what you mean.',
    ]);
  });

  it('may have a built-in format by its number, where the Thai ones are dates or General', async () => {
    const ids = [1, 2, 10, 14, 46, 59, 67, 71, 81, 100, 163];
    const styles = `<styleSheet><cellXfs>${ids.map((id) => `<xf numFmtId="${id}"/>`).join('')}</cellXfs></styleSheet>`;
    const row = ids.map((_, style) => `<c s="${style}"><v>45355.5</v></c>`).join('');
    expect(await rowsOf(cells(row), { parts: { 'xl/styles.xml': styles } })).toEqual({
      1: [
        ...['45355.5', '45355.50', '4535550.00%', '2024-03-04', '1088532:00:00', '45355.5', '45355.5'],
        ...['2024-03-04 12:00:00', '2024-03-04 12:00:00', '45355.5', '45355.5'],
      ],
    });
  });
});

describe('A tab of a workbook that is no worksheet', () => {
  const sheets = [
    { name: 'Chart', rows: '', type: 'chartsheet' },
    { name: 'Orders', rows: text('orders') },
    { name: 'Macros', rows: '', type: 'xlMacrosheet' },
    { name: 'Notes', rows: text('notes') },
  ];

  it('counts in the number of a sheet, which is that of its tab', async () => {
    expect(await read({ sheets }, '2')).toMatchObject([{ sheet: 'Orders' }]);
    expect(await read({ sheets }, '4')).toMatchObject([{ sheet: 'Notes' }]);
    expect(await read({ sheets })).toMatchObject([{ sheet: 'Orders' }, { name: 'Notes' }]);
  });

  it.each([
    ['1', '"Chart" of the workbook is a chart'],
    ['chart', '"Chart" of the workbook is a chart'],
    ['3', '"Macros" of the workbook is a sheet of macros'],
    ['5', 'Its sheets are "Chart" (a chart), "Orders", "Macros" (a sheet of macros), "Notes"; say'],
  ])('cannot be read as a sheet: %s', async (wanted, message) => {
    await expect(read({ sheets }, wanted)).rejects.toMatchObject({
      code: 'sheet_not_found',
      message: expect.stringContaining(message),
    });
  });
});

describe('A harmful name in a workbook', () => {
  const sheets = [
    { name: 'x\0y\u202e', rows: text('1').repeat(2) },
    { name: 'z'.repeat(5_000), rows: text('2') },
  ];

  it('is made harmless when it is that of a sheet, which can be asked for by either form', async () => {
    const long = `${'z'.repeat(154)}…${'z'.repeat(100)}`;
    expect(await read({ sheets })).toMatchObject([{ sheet: 'x\ufffdy\ufffd' }, { name: long }]);
    for (const wanted of ['x\0y\u202e', 'x\ufffdy\ufffd']) {
      expect(await read({ sheets }, wanted)).toMatchObject([{ sheet: 'x\ufffdy\ufffd' }]);
    }
    expect(await read({ sheets }, long)).toMatchObject([{ sheet: long }]);
  });

  const harm = `\0\n\ud83d${'w'.repeat(500)}`;
  it.each([
    ['the number of a row', `<row r="${harm}"/>`, undefined],
    ['the reference of a cell', `<row><c r="${harm}"/></row>`, undefined],
    ['the number of a shared string', `<row><c t="s"><v>${harm}</v></c></row>`, undefined],
    ['the sheet that is asked for', '', harm],
  ])('is made harmless in error messages: %s', async (_what, rows, wanted) => {
    const reading = read({ sheets: [{ name: 'Sheet1', rows }] }, wanted);
    const error = await reading.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UnpackError);
    const message = error instanceof Error ? error.message : '';
    expect(message).toContain('\ufffd');
    expect(message).not.toMatch(/\p{Cc}/u);
    expect(message.isWellFormed()).toBe(true);
    expect(message).not.toContain('w'.repeat(255));
  });
});

describe('A workbook that is damaged', () => {
  const sheet = 'xl/worksheets/sheet1.xml';
  it.each([
    ['a sheet ends too early', { [sheet]: '<worksheet><sheetData><row><c><v>1</v></c>' }],
    ['a sheet is not XML', { [sheet]: 'PNG' }],
    ['a sheet is empty', { [sheet]: '' }],
    [
      'a shared string is missing',
      { [sheet]: `<worksheet><sheetData><row><c t="s"><v>7</v></c></row></sheetData></worksheet>` },
    ],
    ['the workbook part is empty', { 'xl/workbook.xml': '' }],
  ])('is refused: %s', async (_what, parts) => {
    await expect(read({ sheets: [{ name: 'Sheet1', rows: '' }], parts })).rejects.toMatchObject({
      code: 'damaged_archive',
    });
  });
});

describe('The memory of a workbook', () => {
  const workbook = (strings: number) =>
    packXlsx({
      sheets: [{ name: 'Sheet1', rows: '<row><c t="s"><v>0</v></c></row>' }],
      strings: '<si><t>text</t></si>'.repeat(strings),
    });

  it('is asked for once, by the size of its texts, and given back at its end', async () => {
    const asked: number[] = [];
    let held = 0;
    const reserveMemory = async (bytes: number) => {
      asked.push(bytes);
      held += bytes;
      return () => {
        held -= bytes;
      };
    };
    await readAll(await workbook(1), { reserveMemory });
    await readAll(await workbook(100_001), { reserveMemory });
    const [small = 0, large = 0] = asked;
    expect({ times: asked.length, more: large - small, held }).toEqual({
      times: 2,
      more: 2_000_000,
      held: 0,
    });
  });

  it('is given back as well when the workbook cannot be read', async () => {
    let given = 0;
    const reserveMemory = async () => () => {
      given += 1;
    };
    const damaged = packXlsx({ sheets: [{ name: 'Sheet1', rows: '<row>' }] });
    await expect(readAll(await damaged, { reserveMemory })).rejects.toThrow(UnpackError);
    expect(given).toBe(1);
  });

  it('is not used when there is none: what was thrown instead ends the reading', async () => {
    const none = new Error('no memory');
    const reserveMemory = () => Promise.reject(none);
    await expect(readAll(await workbook(1), { reserveMemory })).rejects.toBe(none);
  });

  it('cannot be had by strings in a part that is not counted', async () => {
    const relationships = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
    const hidden = packXlsx({
      sheets: [{ name: 'Sheet1', rows: '<row><c t="s"><v>0</v></c></row>' }],
      parts: {
        'xl/media/strings.xml': `<sst>${'<si><t>some text</t></si>'.repeat(10_000)}</sst>`,
        'xl/_rels/workbook.xml.rels': `<Relationships><Relationship Id="rId1" Type="${relationships}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${relationships}/sharedStrings" Target="media/strings.xml"/></Relationships>`,
      },
    });
    await expect(readAll(await hidden)).rejects.toMatchObject({ code: 'workbook_too_large' });
  });
});
