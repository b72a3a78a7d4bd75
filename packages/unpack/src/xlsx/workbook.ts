import { shownName } from '@pledgeline/csv-core';
import type { ZipArchive } from '../zip-archive.js';
import { createNumberFormatter, type NumberFormatter } from './number-format.js';
import { readElements } from './read-elements.js';
import { type Relationship, readRelationships } from './relationships.js';
import { readSharedStrings, type SharedStrings } from './shared-strings.js';
import { type CellFormats, readCellFormats } from './styles.js';
import { damaged } from './xml-reader.js';

/** A tab of a workbook. */
export interface Sheet {
  /** Safe to store and show. */
  readonly name: string;
  /** Hidden by the author, or by a program that keeps its own data in it. */
  readonly isHidden: boolean;
  /** The path of the worksheet; null when the tab is no worksheet. */
  readonly part: string | null;
  /** What the tab is if it is no worksheet, in words for the merchant. */
  readonly otherKind: string;
}

/** What a tab may be, by the type of its relationship; the macro sheets are Microsoft's ([MS-OFFMACRO] 2.2). */
const otherKinds: ReadonlyMap<string, string> = new Map([
  ['chartsheet', 'a chart'],
  ['dialogsheet', 'a dialog'],
  ['xlMacrosheet', 'a sheet of macros'],
  ['xlIntlMacrosheet', 'a sheet of macros'],
]);

/** What the cells of all sheets refer to. */
export interface Workbook {
  /** In the order of the tabs. */
  readonly sheets: readonly Sheet[];
  readonly strings: SharedStrings;
  /** Whether its dates count from 1904. */
  readonly is1904: boolean;
  /** The formatter of a cell style. A style that the workbook does not define formats as General. */
  formatter(style: number): NumberFormatter;
}

/**
 * Reads everything of a workbook but the content of its sheets (ECMA-376 part 1, 12.3 and 18.2). Parts are found
 * through their relationships, because only Excel itself names the first sheet sheet1.xml. The caller releases the
 * strings.
 *
 * @param maxStringBytes how much memory the shared strings may take
 * @throws UnpackError `damaged_archive`, `workbook_too_large`
 */
export async function readWorkbook(zip: ZipArchive, maxStringBytes: number): Promise<Workbook> {
  const [main] = (await readRelationships(zip, '')).filter(({ type }) => type === 'officeDocument');
  const part = main?.target ?? 'xl/workbook.xml';
  const relationships = await readRelationships(zip, part);
  const { sheets, is1904 } = await readSheetList(zip, part);
  const byId = new Map(relationships.map((relationship) => [relationship.id, relationship]));
  const formats = await readFirst(zip, relationships, 'styles', readCellFormats);
  return {
    sheets: sheets.map(({ id, ...sheet }) => {
      const { type = '', target = '' } = byId.get(id) ?? {};
      const otherKind = otherKinds.get(type) ?? 'of an unknown kind';
      return { ...sheet, part: type === 'worksheet' ? target : null, otherKind };
    }),
    strings:
      (await readFirst(zip, relationships, 'sharedStrings', (name, pieces) =>
        readSharedStrings(name, pieces, maxStringBytes),
      )) ?? noStrings,
    is1904,
    formatter: createFormatters(formats ?? [], is1904),
  };
}

const noStrings: SharedStrings = { get: () => undefined, release: () => undefined };

async function readFirst<T>(
  zip: ZipArchive,
  relationships: readonly Relationship[],
  wanted: string,
  read: (part: string, pieces: AsyncIterable<Uint8Array>) => Promise<T>,
): Promise<T | undefined> {
  const found = relationships.find(({ type }) => type === wanted);
  const member = found && zip.find(found.target);
  return member && read(member.name, zip.read(member));
}

interface ListedSheet {
  readonly name: string;
  readonly isHidden: boolean;
  /** The id of its relationship. */
  readonly id: string;
}

async function readSheetList(
  zip: ZipArchive,
  part: string,
): Promise<{ readonly sheets: readonly ListedSheet[]; readonly is1904: boolean }> {
  const member = zip.find(part);
  if (member === undefined) throw damaged(part, 'nothing is left');
  const elements = await readElements(zip, member, ['workbookPr', 'sheet']);
  const date1904 = elements.find(({ name }) => name === 'workbookPr')?.attributes.get('date1904');
  return {
    is1904: date1904 === '1' || date1904 === 'true',
    sheets: elements.filter(({ name }) => name === 'sheet').map(({ attributes }) => listSheet(attributes)),
  };
}

function listSheet(attributes: ReadonlyMap<string, string>): ListedSheet {
  const state = attributes.get('state');
  // The prefix of r:id is the writer's choice.
  const [, id = ''] = [...attributes].find(([name]) => name.endsWith(':id')) ?? [];
  return {
    name: shownName(attributes.get('name') ?? ''),
    id,
    isHidden: state === 'hidden' || state === 'veryHidden',
  };
}

function createFormatters(formats: CellFormats, is1904: boolean): Workbook['formatter'] {
  const formatters: NumberFormatter[] = [];
  const general = createNumberFormatter('General', is1904);
  return (style) => {
    const code = formats[style];
    if (code === undefined) return general;
    const formatter = formatters[style] ?? createNumberFormatter(code, is1904);
    formatters[style] = formatter;
    return formatter;
  };
}
