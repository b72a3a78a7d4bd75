import { TextDecoder } from 'node:util';
import { Parser } from 'htmlparser2';
import { UnpackError } from '../unpack-error.js';

/** What is called while an XML part is read. Element names come without prefix, attribute names as written. */
export interface XmlHandlers {
  open?(name: string): void;
  /** Of the element opened last. */
  attribute?(name: string, value: string): void;
  /** Text may come in several parts. */
  text?(text: string): void;
  close?(name: string): void;
}

export interface XmlReader {
  /** @throws UnpackError `damaged_archive`, or what a handler throws */
  push(piece: Uint8Array): void;
  /** For handlers: the rest of the piece waits. Push nothing before `resume`. */
  pause(): void;
  /** Reads on in the piece that waits, until a handler pauses again. */
  resume(): void;
  end(): void;
  /** Pushes all pieces and ends. */
  readAll(pieces: AsyncIterable<Uint8Array>): Promise<void>;
}

/** A worksheet is nested six levels deep. */
const MAX_DEPTH = 100;

/** In characters. The names of open elements are held in memory. */
const MAX_NAME_LENGTH = 1_000;

/** In characters. A tag, an attribute or a comment is held in memory until it ends, so it must end within these. */
const MAX_TOKEN_LENGTH = 1024 ** 2;

/**
 * Reads an XML part of a workbook piece by piece, in UTF-8 or UTF-16 (ECMA-376 part 2, 9.1.4). Document type
 * declarations are refused as 9.1.4 demands, so only the entities of XML itself are ever expanded.
 *
 * @param part its name, for messages
 */
export function createXmlReader(part: string, handlers: XmlHandlers): XmlReader {
  let decoder: TextDecoder | null = null;
  let depth = 0;
  let hasRoot = false;
  let sinceToken = 0;

  const parser = new Parser(
    {
      onopentagname(name) {
        sinceToken = 0;
        hasRoot = true;
        depth += 1;
        if (depth > MAX_DEPTH) throw damaged(part, 'it is nested too deeply');
        if (name.length > MAX_NAME_LENGTH) throw damaged(part, 'the name of an element is too long');
        handlers.open?.(localName(name));
      },
      onattribute(name, value) {
        sinceToken = 0;
        handlers.attribute?.(name, value);
      },
      ontext(text) {
        sinceToken = 0;
        handlers.text?.(text);
      },
      onclosetag(name) {
        sinceToken = 0;
        depth -= 1;
        handlers.close?.(localName(name));
      },
      oncomment() {
        sinceToken = 0;
      },
      onprocessinginstruction(name) {
        sinceToken = 0;
        if (name.startsWith('!')) throw damaged(part, 'it declares a document type');
      },
    },
    { xmlMode: true },
  );

  function write(text: string): void {
    sinceToken += text.length;
    parser.write(text);
    if (sinceToken > MAX_TOKEN_LENGTH) throw damaged(part, 'it is not XML');
  }

  const reader: XmlReader = {
    push(piece) {
      decoder ??= createDecoder(piece);
      write(decoder.decode(piece, { stream: true }));
    },
    pause: () => parser.pause(),
    resume: () => parser.resume(),
    end() {
      if (decoder !== null) write(decoder.decode());
      // Checked here, because the parser closes open elements at the end by itself.
      if (!hasRoot || depth > 0) throw damaged(part, 'its end is missing');
      parser.end();
    },
    async readAll(pieces) {
      for await (const piece of pieces) reader.push(piece);
      reader.end();
    },
  };
  return reader;
}

function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}

/** XML 1.0, appendix F: by the byte order mark, or by how "<" is written. */
function createDecoder([first, second]: Uint8Array): TextDecoder {
  if ((first === 0xff && second === 0xfe) || (first === 0x3c && second === 0)) {
    return new TextDecoder('utf-16le');
  }
  if ((first === 0xfe && second === 0xff) || (first === 0 && second === 0x3c)) {
    return new TextDecoder('utf-16be');
  }
  return new TextDecoder('utf-8');
}

/** The error for a part of a workbook that is not as ECMA-376 demands. */
export function damaged(part: string, what: string): UnpackError {
  return new UnpackError(
    'damaged_archive',
    `The workbook cannot be read: in its part "${part}", ${what}. Open it, save it again as .xlsx, or save the sheet as "CSV UTF-8".`,
    { file: part },
  );
}
