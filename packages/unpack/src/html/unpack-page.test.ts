import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listNotices } from '../test-support/list-notices.js';
import { packZip } from '../test-support/pack-zip.js';
import { inPieces, limits, readAll } from '../test-support/read-all.js';
import { unpack } from '../unpack.js';
import type { UnpackOptions } from '../unpacked-file.js';

const isOrders: UnpackOptions['isTable'] = (rows) => rows.some(([first]) => first === 'Order ID');

/** The rows of the only table of a page. */
async function rowsOf(page: string | Uint8Array, options: Partial<UnpackOptions> = {}) {
  const [file, ...others] = await readAll(Buffer.from(page), options);
  if (file === undefined || !('rows' in file)) throw new Error('no table');
  expect(others).toEqual([]);
  return file.rows;
}

const cells = (name: string, texts: readonly string[]) =>
  texts.map((text) => `<${name}>${text}</${name}>`).join('');
const table = (...rows: readonly (readonly string[])[]) =>
  `<table border="1">${rows.map((row, at) => `<tr>${cells(at === 0 ? 'th' : 'td', row)}</tr>\n`).join('')}</table>`;
const orders = table(['Order ID', 'Email'], ['A-1', 'a@example.com']);
const orderRows = { 1: ['Order ID', 'Email'], 2: ['A-1', 'a@example.com'] };

describe('A web page with a table', () => {
  it.each([
    ['a table alone', orders],
    ['a table after a byte order mark and blanks', `\ufeff\r\n  ${orders}`],
    [
      'a page',
      `<!DOCTYPE html>\n<html><head><title>Orders</title></head><body><h1>Orders</h1>${orders}</body></html>`,
    ],
    [
      'a page in capitals',
      `<HTML><BODY>${orders.toUpperCase().replaceAll('A@EXAMPLE.COM', 'a@example.com').replace('ORDER ID', 'Order ID').replace('EMAIL', 'Email')}</BODY></HTML>`,
    ],
    [
      'a page as Excel writes it',
      `<html xmlns:o="urn:schemas-microsoft-com:office:office"\nxmlns:x="urn:schemas-microsoft-com:office:excel"><head><!--[if gte mso 9]><xml><x:ExcelWorkbook><x:Name>Sheet1</x:Name></x:ExcelWorkbook></xml><![endif]--><style>td { mso-number-format: "\\@" }</style></head><body>${orders}</body></html>`,
    ],
    [
      'a page in XHTML',
      `<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x">\n<html xmlns="x">${orders}</html>`,
    ],
    ['a style and a table', `<style>td { color: red }</style>${orders}`],
    [
      'a declaration of its encoding and a table',
      `<meta http-equiv="Content-Type" content="text/html; charset=utf-8" />${orders}`,
    ],
    ['a comment and a table', `<!-- made by us -->${orders}`],
    [
      'parts of a table',
      `<table><caption>Orders</caption><colgroup><col><col></colgroup><thead><tr>${cells('th', ['Order ID', 'Email'])}</tr></thead><tbody><tr style="display:none">${cells('td', ['A-1', 'a@example.com'])}</tr></tbody><tfoot></tfoot></table>`,
    ],
    ['a table without end tags', '<table><tr><th>Order ID<th>Email<tr><td>A-1<td>a@example.com</table>'],
    [
      'a table without end tags of fonts',
      '<table><tr><th><font>Order ID<th><font>Email</tr><tr><td><font>A-1<td>a@example.com</tr></table>',
    ],
    [
      'a table with end tags that close nothing',
      '<div><table><tr><th>Order ID</div></th><th>Email</th></tr><tr><td>A-</span>1</td><td>a@exam</div>ple.com</td></tr></table><p>Page 1</p></div>',
    ],
  ])('yields the rows of the table: %s', async (_what, page) => {
    expect(await readAll(Buffer.from(page))).toEqual([{ name: null, sheet: 'Table 1', rows: orderRows }]);
    expect(await listNotices(Buffer.from(page))).toEqual({ notices: [], skipped: [] });
  });
});

/** The cells of a row below a header. */
async function cellsOf(row: string, header = '<tr><th>a</th><th>b</th><th>c</th><th>d</th></tr>') {
  const rows = await rowsOf(`<table>${header}<tr>${row}</tr><tr><td>x</td><td>y</td></tr></table>`);
  return rows[2];
}

describe('A cell of a table in a web page', () => {
  it.each([
    ['runs of blanks as one blank', '<td>  Ada\n\t <b>Love</b>lace </td><td>1</td>', ['Ada Lovelace', '1']],
    [
      'lines where the page has them',
      '<td>1 Main St<br>Springfield<br/>  USA<br></td><td>1</td>',
      ['1 Main St\nSpringfield\nUSA', '1'],
    ],
    [
      'lines between its paragraphs',
      '<td><p>one</p><p>two</p><div>three</div>four<ul><li>five</ul></td><td>1</td>',
      ['one\ntwo\nthree\nfour\nfive', '1'],
    ],
    [
      'entities',
      '<td>A &amp; B &lt;c&gt; &#8364;5 &eacute;&nbsp;!</td><td>&nbsp;</td><td>1</td>',
      ['A & B <c> €5 é !', '', '1'],
    ],
    [
      'no script, style, or comment',
      '<td>1<script>x("<td>2")</script><style>b{}</style><!-- 3 --></td><td>4</td>',
      ['1', '4'],
    ],
    [
      'the leading zeros of a number',
      '<td style="mso-number-format:\'@\'">00501</td><td>1</td>',
      ['00501', '1'],
    ],
    ['blank cells for the columns that it covers', '<td colspan="3">1</td><td>4</td>', ['1', '', '', '4']],
    [
      'one column where its colspan makes no sense',
      '<td colspan="x">1</td><td colspan="0">2</td><td colspan=-3>3</td><td>4</td>',
      ['1', '2', '3', '4'],
    ],
    ['no text of a table inside it', '<td>1<table><tr><td>2<td>3</tr></table>4</td><td>5</td>', ['14', '5']],
  ])('has %s', async (_what, row, expected) => {
    expect(await cellsOf(row)).toEqual(expected);
  });

  it('leaves blank cells in the rows that it covers', async () => {
    const page = `<table><tr><th>Order</th><th>Item</th><th>Qty</th></tr>
<tr><td rowspan="2">A-1</td><td>Lamp</td><td>1</td></tr><tr><td>Wick</td><td rowspan=2>2</td></tr>
<tr><td>A-2</td><td>Lamp</td></tr><tr><td colspan=2 rowspan="99">A-3</td><td>4</td></tr><tr><td>5</td></tr></table>`;
    expect(await rowsOf(page)).toEqual({
      1: ['Order', 'Item', 'Qty'],
      2: ['A-1', 'Lamp', '1'],
      3: ['', 'Wick', '2'],
      4: ['A-2', 'Lamp'],
      5: ['A-3', '', '4'],
      6: ['', '', '5'],
    });
  });

  it.each([
    ['<td x:num="19.989999999999998">$20</td>', '$19.99'],
    ['<td x:num>$20</td>', '$20'],
    ['<td x:num="-1234.5">(1,235)</td>', '(1234.5)'],
    ['<td x:num="1234.5">1 235 kr</td>', '1234.5'],
    ['<td x:num="1500000">1.5 M</td>', '1.5 M'],
    ['<td x:num="45355">3/4/2024</td>', '3/4/2024'],
    ['<td x:num="0.125">13%</td>', '13%'],
    ['<td sdval="2.6" sdnum="1033;0;0">3</td>', '2.6'],
    ['<td sdval="501" sdnum="1033;0;00000">00501</td>', '00501'],
    ['<td sdval="x">3</td>', '3'],
  ])('has all decimals of the number that Excel or LibreOffice write beside it: %s', async (cell, text) => {
    expect(await cellsOf(`${cell}<td>1</td>`)).toEqual([text, '1']);
  });

  it('comes whole when it is long, or in many parts', async () => {
    const long = 'x&amp; <b>y</b>'.repeat(100_000);
    const [file] = await readAll(Buffer.from(table(['a', 'b'], [long, '1'])));
    expect(file).toMatchObject({ rows: { 2: ['x& y'.repeat(100_000), '1'] } });
  });
});

describe('A web page without a table of data', () => {
  const form = (fields: string) => `<!doctype html><html><body><form>${fields}</form></body></html>`;
  it.each([
    ['no table at all', '<!doctype html><p>Hello</p>'],
    ['a row of links', '<html><table><tr><td>Home</td><td>Help</td></tr></table></html>'],
    [
      'a column of lines',
      '<html><table><tr><td>Your session has expired.</td></tr><tr><td>Sign in</td></tr></table></html>',
    ],
    [
      'a form in a table',
      form(
        '<table><tr><td>Email</td><td><input type="email"></td></tr><tr><td>Code</td><td><input type=text> sent to you</td></tr></table>',
      ),
    ],
    [
      'a form for a password',
      form(
        `<table><tr><td>Name</td><td>of user</td></tr><tr><td>Pass</td><td>word</td></tr></table><input type="PassWord">`,
      ),
    ],
    [
      'a frame',
      '<html><table><tr><td>Logo</td><td>Home</td><td>Help</td></tr><tr><td colspan="3">Please sign in</td></tr></table></html>',
    ],
    [
      'a frame of paragraphs',
      `<html><table><tr><td>${'word '.repeat(100)}</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table></html>`,
    ],
    [
      'a frame of headings',
      '<html><table><tr><td><h1>Shop</h1></td><td>Cart</td></tr><tr><td>Lamp</td><td>5.00</td></tr></table></html>',
    ],
    ['a header without rows', `<html>${table(['Order ID', 'Email'])}</html>`],
    ['tables in tables in tables', `<html>${'<table><tr><td>'.repeat(11)}${orders}</html>`],
    ['elements that pile up', `<html>${'<div>'.repeat(1_001)}${orders}</html>`],
    ['a tag without an end', `<html>${orders}<p title="${'x'.repeat(1_200_000)}`],
    ['a name without an end', `<html>${orders}<${'x'.repeat(2_000)}>`],
    [
      'more columns than any sheet',
      `<html><table><tr>${'<td>1</td>'.repeat(17_000)}</tr>${'<tr><td>1</td><td>2</td></tr>'.repeat(3)}</table></html>`,
    ],
    ['more tables than any export', `<html>${orders.repeat(101)}</html>`],
  ])('is handed on as text: %s', async (_what, page) => {
    expect(await readAll(Buffer.from(page), { isTable: isOrders })).toEqual([{ name: null, text: page }]);
    expect(await readAll(await packZip({ 'a.html': page }))).toEqual([{ name: 'a.html', text: page }]);
  });

  it('is read as a table after all when isTable accepts one of its tables', async () => {
    const page = form(
      `<table><tr><td><h1>Shop</h1>${orders}</td><td>b</td></tr></table><input type="password">`,
    );
    expect(await readAll(Buffer.from(page), { isTable: isOrders })).toEqual([
      { name: null, sheet: 'Table 1', rows: orderRows },
    ]);
  });
});

describe('A web page with several tables', () => {
  const page = `<html>${table(['x', 'y'], ['1', '2'])}<table><tr><td>Menu</td></tr></table>${orders}</html>`;

  it('yields the table that isTable accepts, else the first, and reports the others as skipped', async () => {
    const reason = expect.stringMatching(/^another table of the page; .*\?sheet=Table%20[12]$/);
    expect(await readAll(Buffer.from(page), { isTable: isOrders })).toEqual([
      { name: null, sheet: 'Table 2', rows: orderRows },
      { name: 'Table 1', skipped: reason },
    ]);
    expect(await readAll(await packZip({ 'a.xls': page }))).toEqual([
      { name: 'a.xls', sheet: 'Table 1', rows: { 1: ['x', 'y'], 2: ['1', '2'] } },
      { name: 'a.xls: Table 2', skipped: reason },
    ]);
    expect(await listNotices(Buffer.from(page))).toEqual({
      notices: [],
      skipped: [{ name: 'Table 2', mayHoldRows: true }],
    });
  });

  it.each(['2', 'Table 2', ' table 2 '])(
    'yields the table that the option sheet names: %s',
    async (sheet) => {
      expect(await readAll(Buffer.from(page), { sheet })).toEqual([
        { name: null, sheet: 'Table 2', rows: orderRows },
      ]);
    },
  );

  it('is refused when the option sheet names no table, and the message lists the tables', async () => {
    await expect(readAll(Buffer.from(page), { sheet: 'Orders' })).rejects.toMatchObject({
      code: 'sheet_not_found',
      message: expect.stringContaining('"Table 1", "Table 2"'),
    });
  });

  it('may leave out the end tag of a table', async () => {
    const [first, rest] = page.split('</div>').join('').split('</table>', 2);
    const files = await readAll(Buffer.from(`<html><div>${first}</div>${rest}</table>${orders}`));
    expect(files).toMatchObject([{ sheet: 'Table 1' }, { name: 'Table 2' }]);
  });
});

describe('The encoding of a web page', () => {
  const named = (declaration: string) =>
    `<html>${declaration}${table(['Name', 'Land'], ['Zoë Müller – €5', 'Größe'])}</html>`;
  const rows = { 1: ['Name', 'Land'], 2: ['Zoë Müller – €5', 'Größe'] };
  const windows = (page: string) =>
    Buffer.from(page.replaceAll('–', '\x96').replaceAll('€', '\x80'), 'latin1');
  const wrong = [
    expect.stringMatching(/^assumed_encoding: The page says "utf-8".*Windows-1252.*\?encoding=/),
  ];

  it.each<[string, Uint8Array, readonly unknown[]]>([
    [
      "that of its byte order mark, before the page's own",
      Buffer.from(`\ufeff${named('<meta charset="latin1">')}`),
      [],
    ],
    ['that of its byte order mark, UTF-16LE', Buffer.from(`\ufeff${named('')}`, 'utf16le'), []],
    ['that of its byte order mark, UTF-16BE', Buffer.from(`\ufeff${named('')}`, 'utf16le').swap16(), []],
    ['the one that the page declares', windows(named('<meta charset=iso-8859-1>')), []],
    [
      'the one that the page declares with http-equiv',
      windows(named('<META http-equiv=Content-Type content="text/html; charset=windows-1252">')),
      [],
    ],
    ['UTF-8 where nothing is declared', Buffer.from(named('')), []],
    [
      'UTF-8 where the page declares one that does not exist',
      Buffer.from(named('<meta charset="klingon">')),
      [],
    ],
    [
      'UTF-8 where the page declares UTF-16 in bytes that are not UTF-16',
      Buffer.from(named('<meta charset="utf-16">')),
      [],
    ],
    ['Windows-1252 where nothing is declared', windows(named('')), []],
    [
      'Windows-1252, with a notice, where the page wrongly declares UTF-8',
      windows(named('<meta charset="utf-8">')),
      wrong,
    ],
  ])('is %s', async (_what, bytes, notices) => {
    expect(await readAll(bytes)).toMatchObject([{ rows }]);
    expect(await listNotices(bytes)).toEqual({ notices, skipped: [] });
  });

  it('is the one that the client names', async () => {
    const bytes = Buffer.concat([
      Buffer.from('<table><tr><td>a<td>b<tr><td>'),
      Buffer.from([0x93, 0x8c, 0x8b, 0x9e]),
      Buffer.from('<td>1</table>'),
    ]);
    expect(await readAll(bytes, { encoding: 'shift_jis' })).toMatchObject([{ rows: { 2: ['東京', '1'] } }]);
    expect(await listNotices(bytes, { encoding: 'shift_jis' })).toMatchObject({ notices: [] });
    await expect(readAll(bytes, { encoding: 'utf-8' })).rejects.toMatchObject({
      code: 'invalid_encoding',
      message: expect.stringContaining('read as UTF-8, but byte 29'),
    });
  });

  const pageWith = (bytes: string) =>
    Buffer.from(table(['Name', 'Ort'], [bytes, 'x'], [bytes, 'y']), 'latin1');

  it('may be a code page that only csv-core knows, when the client names it', async () => {
    expect(await readAll(pageWith('Jos\x82'), { encoding: 'cp850' })).toMatchObject([
      { rows: { 2: ['José', 'x'] } },
    ]);
  });

  it('is found as that of any text where nothing is declared', async () => {
    const russian = '\xc8\xe2\xe0\xed \xcf\xe5\xf2\xf0\xee\xe2';
    expect(await readAll(pageWith(russian))).toMatchObject([{ rows: { 2: ['Иван Петров', 'x'] } }]);
    expect(await listNotices(pageWith(russian))).toMatchObject({ notices: [] });
  });

  it('is reported with samples when it is a guess', async () => {
    expect(await listNotices(pageWith('Ren\x8ee'))).toMatchObject({
      notices: [
        expect.stringMatching(
          /^assumed_encoding: Nothing says .*Are these right: ".+"\? If not, .*\?encoding=/,
        ),
      ],
    });
  });

  it('refuses a page with a table when there are two, but not a page without one', async () => {
    const glued = (page: string) =>
      Buffer.concat([
        Buffer.from(`${page}<p>Zoë Brontë\n`),
        Buffer.from('<p>No\xebl Andr\xe9 Ren\xe9\n', 'latin1'),
      ]);
    await expect(readAll(glued(table(['Name', 'Ort'], ['a', 'x'])))).rejects.toMatchObject({
      code: 'invalid_encoding',
      message: expect.stringContaining('two encodings'),
    });
    expect(await readAll(glued('<html><p>Sign in'))).toMatchObject([
      { name: null, text: expect.stringContaining('Sign in') },
    ]);
  });
});

describe('A web page that is cut off', () => {
  const page = `<html><body>${table(['Order ID', 'Email'], ['A-1', 'a@example.com'], ['A-2', 'b@example.com'])}</body></html>`;

  it('in its table has the notice unfinished_table, or is handed on as text', async () => {
    for (let length = 1; length < page.length; length += 1) {
      const bytes = Buffer.from(page.slice(0, length));
      const [file] = await readAll(bytes);
      const isWhole = page.slice(0, length).includes('</table>');
      const { notices } = await listNotices(bytes);
      if (file === undefined || 'text' in file) expect(isWhole).toBe(false);
      else expect(notices).toEqual(isWhole ? [] : [expect.stringMatching(/^unfinished_table: /)]);
    }
  });

  it('has no notice when only the end tag of its table is missing', async () => {
    expect(await listNotices(Buffer.from(page.replace('</table>', '')))).toMatchObject({ notices: [] });
  });
});

describe('A web page of any size', () => {
  it('yields the same rows however its bytes are cut', async () => {
    const page = Buffer.from(`<html>${table(['Größe', 'b'], ['1 – 2', 'x<br>&euro;'], ['3', '4'])}</html>`);
    const [whole] = await readAll(page);
    for (let size = 1; size < 40; size += 1) expect(await readAll(inPieces(page, size))).toEqual([whole]);
    expect(await readAll(gzipSync(page))).toEqual([whole]);
  });

  it('yields its rows in batches of at most 500', async () => {
    const row = `<tr>${cells('td', ['A-1', 'a@example.com'])}</tr>`;
    const page = Buffer.from(
      `<table><tr>${cells('th', ['Order ID', 'Email'])}</tr>${row.repeat(20_000)}</table>`,
    );
    const sizes: number[] = [];
    for await (const file of unpack(inPieces(page), { limits })) {
      if (file.kind === 'sheet') for await (const batch of file.rows) sizes.push(batch.length);
    }
    expect(sizes.reduce((sum, size) => sum + size)).toBe(20_001);
    expect(Math.max(...sizes)).toBe(500);
  });

  it('counts the columns that its cells cover as unpacked', async () => {
    const wide = '<td colspan=1000 rowspan=65534>'.repeat(16);
    for (const page of [
      `<table><tr><td>1<td>2${wide}${'<tr><td>1<td>2<td>'.repeat(200_000)}</table>`,
      `<table>${`<tr><td>1${'<td colspan=1000>'.repeat(15)}<td>2`.repeat(20_000)}</table>`,
    ]) {
      const reading = readAll(Buffer.from(page), { limits: { ...limits, maxRatio: 20 } });
      expect(
        await reading.then(
          () => 'read',
          (error) => error.code,
        ),
      ).toBe('ratio_too_high');
    }
  });

  it('does not block the event loop, however many columns a few bytes cover', async () => {
    const spans = Array.from({ length: 16_000 }, (_, at) => `<td rowspan=${65_000 + (at % 2)}>`).join('');
    const page = Buffer.from(`<table><tr>${spans}${'<tr><td><td>2'.repeat(2_000)}</table>`);
    let turns = 0;
    let next = setImmediate(takeTurn);
    function takeTurn() {
      turns += 1;
      next = setImmediate(takeTurn);
    }
    await readAll(page);
    clearImmediate(next);
    expect(turns).toBeGreaterThan(300);
  });

  it('never fails with anything but an UnpackError and never hangs, whatever its tags', async () => {
    const tags = fc.constantFrom(
      ...[
        '<table>',
        '</table>',
        '<tr>',
        '</tr>',
        '<td>',
        '</td>',
        '<th colspan=2>',
        '<td rowspan=3>',
        '<div>',
        '</div>',
      ],
      ...[
        '<b>',
        '</b>',
        '<br>',
        '<p>',
        '</p>',
        '<!--',
        '-->',
        '<script>',
        '</script>',
        '<form>',
        '<input type=text>',
      ],
      ...[
        'text',
        ' ',
        '&amp;',
        '&',
        '<',
        '>',
        '<svg>',
        '</svg>',
        '<select><option>',
        '<![CDATA[',
        '<?xml ',
        '\0',
        'é',
      ],
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(tags, { maxLength: 40 }),
        fc.integer({ min: 1, max: 50 }),
        async (parts, size) => {
          const page = Buffer.from(`<table><tr><td>a<td>b<tr><td>1<td>2${parts.join('')}`);
          const files = await readAll(inPieces(page, size));
          expect(files.length).toBeGreaterThan(0);
          expect(await readAll(page)).toEqual(files);
        },
      ),
      { numRuns: 200 },
    );
  });
});
