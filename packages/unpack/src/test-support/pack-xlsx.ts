import { packZip } from './pack-zip.js';

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n';

const transitional = {
  main: 'http://schemas.openxmlformats.org/spreadsheetml/2006/main',
  documents: 'http://schemas.openxmlformats.org/officeDocument/2006/relationships',
};
const strict = {
  main: 'http://purl.oclc.org/ooxml/spreadsheetml/main',
  documents: 'http://purl.oclc.org/ooxml/officeDocument/relationships',
};
const packages = 'http://schemas.openxmlformats.org/package/2006';

export interface SheetToPack {
  readonly name: string;
  /** The XML in `sheetData`. */
  readonly rows: string;
  readonly state?: 'hidden' | 'veryHidden';
  /** The type of its relationship; a worksheet by default. */
  readonly type?: string;
}

export interface WorkbookToPack {
  readonly sheets: readonly SheetToPack[];
  /** The `si` elements. */
  readonly strings?: string;
  /** Number format codes; the style of a cell is the index of one. */
  readonly formats?: readonly string[];
  readonly isStrict?: boolean;
  readonly is1904?: boolean;
  /** More members, or others in place of the usual ones. */
  readonly parts?: Readonly<Record<string, string | Uint8Array>>;
}

/** Packs a workbook of the parts that Excel writes, without those that concern its looks. */
export function packXlsx(workbook: WorkbookToPack): Promise<Buffer> {
  const { main, documents } = workbook.isStrict ? strict : transitional;
  const sheets = workbook.sheets.map((sheet, index) => ({ ...sheet, number: index + 1 }));
  const part = (type: string) => `application/vnd.openxmlformats-officedocument.spreadsheetml.${type}+xml`;
  const relationship = (id: string, type: string, target: string) =>
    `<Relationship Id="${id}" Type="${documents}/${type}" Target="${target}"/>`;
  return packZip({
    '[Content_Types].xml': `${XML}<Types xmlns="${packages}/content-types"><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${part('sheet.main')}"/>${sheets
      .map(
        ({ number }) =>
          `<Override PartName="/xl/worksheets/sheet${number}.xml" ContentType="${part('worksheet')}"/>`,
      )
      .join('')}</Types>`,
    '_rels/.rels': `${XML}<Relationships xmlns="${packages}/relationships">${relationship('rId1', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    'xl/workbook.xml': `${XML}<workbook xmlns="${main}" xmlns:r="${documents}"><workbookPr${workbook.is1904 ? ' date1904="1"' : ''} defaultThemeVersion="166925"/><sheets>${sheets
      .map(
        ({ name, number, state }) =>
          `<sheet name="${name}" sheetId="${number}"${state ? ` state="${state}"` : ''} r:id="rId${number}"/>`,
      )
      .join('')}</sheets><calcPr calcId="191029"/></workbook>`,
    'xl/_rels/workbook.xml.rels': `${XML}<Relationships xmlns="${packages}/relationships">${sheets
      .map(({ number, type = 'worksheet' }) =>
        relationship(`rId${number}`, type, `worksheets/sheet${number}.xml`),
      )
      .join(
        '',
      )}${relationship('rId98', 'styles', 'styles.xml')}${relationship('rId99', 'sharedStrings', 'sharedStrings.xml')}</Relationships>`,
    ...Object.fromEntries(
      sheets.map(({ number, rows }) => [`xl/worksheets/sheet${number}.xml`, worksheet(main, rows)]),
    ),
    'xl/styles.xml': styles(main, workbook.formats ?? ['General']),
    'xl/sharedStrings.xml': `${XML}<sst xmlns="${main}">${workbook.strings ?? ''}</sst>`,
    ...workbook.parts,
  });
}

function worksheet(main: string, rows: string): string {
  return `${XML}<worksheet xmlns="${main}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac" mc:Ignorable="x14ac"><dimension ref="A1:C3"/><sheetViews><sheetView tabSelected="1" workbookViewId="0"><selection activeCell="B2" sqref="B2"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15" x14ac:dyDescent="0.25"/><sheetData>${rows}</sheetData><pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/><headerFooter><oddHeader>&amp;CPage &amp;P</oddHeader></headerFooter></worksheet>`;
}

function styles(main: string, formats: readonly string[]): string {
  const escaped = formats.map((code) =>
    code.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;'),
  );
  return `${XML}<styleSheet xmlns="${main}"><numFmts count="${formats.length}">${escaped
    .map((code, index) => `<numFmt numFmtId="${164 + index}" formatCode="${code}"/>`)
    .join('')}</numFmts><cellStyleXfs count="1"><xf numFmtId="9" fontId="0"/></cellStyleXfs><cellXfs>${formats
    .map(
      (_, index) =>
        `<xf numFmtId="${164 + index}" fontId="0" applyNumberFormat="1"><alignment horizontal="left"/></xf>`,
    )
    .join(
      '',
    )}</cellXfs><dxfs count="1"><dxf><numFmt numFmtId="164" formatCode="0%"/></dxf></dxfs></styleSheet>`;
}
