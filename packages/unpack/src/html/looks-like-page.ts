import { byteOrderMark } from './page-encoding.js';

/** How a page or a part of one begins, after blanks and the XML declaration of XHTML. */
const markup =
  /^\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|!--|(?:html|head|meta|title|style|body|div|center|table)[\s>])/i;

/** Whether a file is a web page, going by its first bytes. Programs write such files and name them ".xls". */
export function looksLikePage(head: Uint8Array): boolean {
  const mark = byteOrderMark(head);
  const text = new TextDecoder(mark ?? 'latin1').decode(head, { stream: true });
  return markup.test(text.replace(/^\u00ef\u00bb\u00bf/, ''));
}
