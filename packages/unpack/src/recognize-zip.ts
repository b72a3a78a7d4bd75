import { readElements } from './xlsx/read-elements.js';
import type { ZipArchive } from './zip-archive.js';

/** What a zip archive holds, as a whole. */
export type ZipKind =
  | { readonly kind: 'workbook' }
  | { readonly kind: 'archive' }
  /** The file of some program. `holdsTables` is true when leaving it out could lose data. */
  | { readonly kind: 'document'; readonly what: string; readonly holdsTables: boolean };

/** ECMA-376 part 1, 12.3.1 and 18; the macro-enabled kinds are Microsoft's ([MS-OFFMACRO2] 2.2). */
const workbookType =
  /(?:spreadsheetml\.(?:sheet|template)|ms-excel\.(?:sheet|template|addin)\.macroenabled)\.main\+xml$/;

const officeTypes: readonly (readonly [pattern: RegExp, what: string, holdsTables: boolean])[] = [
  [/ms-excel\.sheet\.binary/, 'a binary Excel workbook (.xlsb)', true],
  [/wordprocessingml|ms-word/, 'a Word document', false],
  [/presentationml|ms-powerpoint/, 'a PowerPoint presentation', false],
];

/** OpenDocument 1.3 part 2, 3.3: the first member is named "mimetype" and holds this. */
const openDocument = 'application/vnd.oasis.opendocument.';

/** @throws UnpackError `damaged_archive` */
export async function recognizeZip(zip: ZipArchive): Promise<ZipKind> {
  if (zip.find('Index/Document.iwa') !== undefined) {
    return { kind: 'document', what: 'an Apple Numbers, Pages or Keynote document', holdsTables: true };
  }
  const mimetype = await readStart(zip, 'mimetype');
  if (mimetype.startsWith(openDocument)) {
    const isSheet = mimetype.startsWith(`${openDocument}spreadsheet`);
    const what = isSheet ? 'an OpenDocument spreadsheet' : 'an OpenDocument document';
    return { kind: 'document', what, holdsTables: isSheet };
  }
  const types = await readContentTypes(zip);
  if (types.some((type) => workbookType.test(type))) return { kind: 'workbook' };
  for (const [pattern, what, holdsTables] of officeTypes) {
    if (types.some((type) => pattern.test(type))) return { kind: 'document', what, holdsTables };
  }
  return { kind: 'archive' };
}

/** The text of a member up to its first piece, or '' when there is none. */
async function readStart(zip: ZipArchive, path: string): Promise<string> {
  const member = zip.find(path);
  if (member === undefined || member.size > 1_000) return '';
  for await (const piece of zip.read(member)) return Buffer.from(piece).toString('latin1');
  return '';
}

async function readContentTypes(zip: ZipArchive): Promise<readonly string[]> {
  const member = zip.find('[Content_Types].xml');
  if (member === undefined) return [];
  const elements = await readElements(zip, member, ['Default', 'Override']);
  return elements.map(({ attributes }) => attributes.get('ContentType')?.toLowerCase() ?? '');
}
