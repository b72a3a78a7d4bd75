import { createByteDecoder } from '@pledgeline/csv-core';
import { Parser } from 'htmlparser2';

/** What is called while a page is read. Names come in lower case. */
export interface PageHandlers {
  open(name: string): void;
  /** Of the element opened last. */
  attribute(name: string, value: string): void;
  /** Text may come in several parts. */
  text(text: string): void;
  /** @param isImplied whether the end tag of another element closed it */
  close(name: string, isImplied: boolean): void;
  /** The page is over. Elements that are still open were never closed. */
  end(): void;
}

export interface PageReader {
  /** @throws PageError, or what a handler throws. */
  push(piece: Uint8Array): void;
  /** For handlers: the rest of the piece waits. Push nothing before `resume`. */
  pause(): void;
  /** Reads on in the piece that waits, until a handler pauses again. */
  resume(): void;
  end(): void;
}

/** A page that is not read, because no program writes tables like that. */
export class PageError extends Error {
  override readonly name = 'PageError';
}

/** Unclosed elements pile up in real pages too, but not as deep as this. */
const MAX_DEPTH = 1_000;

/** In characters. The names of open elements are held in memory. */
const MAX_NAME_LENGTH = 1_000;

/** In characters. A tag, an attribute or a comment is held in memory until it ends, so it must end within these. */
const MAX_TOKEN_LENGTH = 1024 ** 2;

/**
 * Reads a web page piece by piece.
 *
 * @param encoding a name of csv-core's `TextEncoding`
 */
export function createPageReader(encoding: string, handlers: PageHandlers): PageReader {
  const decoder = createByteDecoder(encoding, { isStrict: false });
  let isAtStart = true;
  let depth = 0;
  let sinceToken = 0;
  let isEnding = false;

  const parser = new Parser({
    onopentagname(name) {
      sinceToken = 0;
      depth += 1;
      if (depth > MAX_DEPTH) throw new PageError('The page is nested too deeply.');
      if (name.length > MAX_NAME_LENGTH) throw new PageError('The name of an element is too long.');
      handlers.open(name);
    },
    onattribute(name, value) {
      sinceToken = 0;
      handlers.attribute(name, value);
    },
    ontext(text) {
      sinceToken = 0;
      handlers.text(text);
    },
    onclosetag(name, isImplied) {
      sinceToken = 0;
      depth -= 1;
      // At the end the parser closes open elements by itself, which says nothing about the page.
      if (!isEnding) handlers.close(name, isImplied);
    },
    oncomment() {
      sinceToken = 0;
    },
  });

  function write(decoded: string): void {
    const text = isAtStart ? decoded.replace(/^\ufeff/, '') : decoded;
    isAtStart &&= decoded === '';
    sinceToken += text.length;
    parser.write(text);
    if (sinceToken > MAX_TOKEN_LENGTH) throw new PageError('Something in the page does not end.');
  }

  return {
    push: (piece) => write(decoder.decode(piece)),
    pause: () => parser.pause(),
    resume: () => parser.resume(),
    end() {
      write(decoder.decode());
      isEnding = true;
      parser.end();
      handlers.end();
    },
  };
}
