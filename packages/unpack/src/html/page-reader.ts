import { createByteDecoder } from '@pledgeline/csv-core';
import { Parser } from 'htmlparser2';

/** What a page tells while it is read. Names come in lower case. */
export interface PageHandlers {
  open(name: string): void;
  /** Of the element opened last. */
  attribute(name: string, value: string): void;
  /** Text may come in several parts. */
  text(text: string): void;
  /** @param isImplied when another tag ended it along with itself */
  close(name: string, isImplied: boolean): void;
  /** Nothing follows; what is open still was not closed. */
  end(): void;
}

export interface PageReader {
  /** @throws PageError, or what a handler throws. */
  push(piece: Uint8Array): void;
  /** To be called by a handler: what follows waits. Push nothing before it has been resumed. */
  pause(): void;
  /** Goes on with what waits, until a handler pauses again. */
  resume(): void;
  end(): void;
}

/** A page that is not read: nobody writes a table like that. */
export class PageError extends Error {
  override readonly name = 'PageError';
}

/** Elements that are never closed pile up, but not as high as this. */
const MAX_DEPTH = 1_000;

/** Names of open elements are held. */
const MAX_NAME_LENGTH = 1_000;

/** Characters in which something must begin or end; an attribute, say, is held in memory until it does. */
const MAX_TOKEN_LENGTH = 1024 ** 2;

/**
 * Reads a web page piece by piece.
 *
 * @param encoding its name, as `TextEncoding` of csv-core has it
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
      // The parser closes by itself what is open at the end.
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
