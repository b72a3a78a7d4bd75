import type { UnpackBudget } from '../unpack-budget.js';
import { createOpenTable, type OpenTable, type RowTaker } from './open-table.js';
import { PageError, type PageHandlers } from './page-reader.js';

/** What is called while the tables of a page are read. */
export interface TagListener {
  readonly row: RowTaker;
  /** @param isFinished false when the page ends before the table does */
  end(table: OpenTable, isFinished: boolean): void;
  /** The page asks for a password. */
  password(): void;
}

const MAX_NESTED_TABLES = 10;

/** In a page. Each takes some memory while it is open. */
const MAX_TABLES = 10_000;

/** Elements whose text a browser does not show. */
const unseen = new Set(['script', 'style', 'title', 'noscript', 'template', 'xml']);

/** Elements, and types of input fields, that tables of data do not hold but tables for layout do. */
const layout = new Set(['form', 'select', 'textarea', 'button', 'iframe', 'nav', 'h1', 'h2', 'h3', 'h4']);
const fieldTypes = new Set(['text', 'email', 'password', 'search', 'submit', 'tel', 'url']);

/** Elements that begin and end with a line of their own. */
const blocks = new Set([
  ...[
    'address',
    'blockquote',
    'center',
    'dd',
    'div',
    'dl',
    'dt',
    'footer',
    'form',
    'h1',
    'h2',
    'h3',
    'h4',
    'h5',
  ],
  ...['h6', 'hr', 'li', 'nav', 'ol', 'option', 'p', 'pre', 'section', 'select', 'ul'],
]);

/**
 * Builds the rows of all tables from the tags of a page. It goes by the tags as they come, as browsers do: end tags may
 * be missing, and there may be more end tags than elements. A table in a cell is a table of its own and no part of the
 * cell.
 */
export function createTableHandlers(budget: UnpackBudget, listener: TagListener): PageHandlers {
  const tables: OpenTable[] = [];
  let count = 0;
  let element = '';
  let unseenDepth = 0;
  /** The end tag of another element closed the cell for the parser, so the cell's own end tag will not be reported. */
  let isCellLoose = false;

  const top = () => tables.at(-1);

  function beginTable(): OpenTable {
    const outer = top();
    if (outer?.isLoose && !outer.isInCell) closeTable(true);
    if (tables.length >= MAX_NESTED_TABLES) throw new PageError('Tables are nested too deeply.');
    if (count >= MAX_TABLES) throw new PageError('There are too many tables.');
    if (outer?.isInCell) outer.hasNested = true;
    const table = createOpenTable(count, budget, listener.row);
    count += 1;
    tables.push(table);
    return table;
  }

  function closeTable(isFinished: boolean): void {
    const table = tables.pop();
    if (table === undefined) return;
    table.endRow();
    listener.end(table, isFinished);
  }

  function markLayout(): void {
    for (const table of tables) if (table.isInCell) table.isLayout = true;
  }

  function breakBlock(): void {
    if (isCellLoose) top()?.endCell();
    else top()?.breakBlock();
  }

  return {
    open(name) {
      element = name;
      if (unseen.has(name)) unseenDepth += 1;
      if (layout.has(name)) markLayout();
      if (name === 'table') beginTable();
      else if (name === 'tr') (top() ?? beginTable()).startRow();
      else if (name === 'td' || name === 'th') {
        isCellLoose = false;
        (top() ?? beginTable()).startCell();
      } else if (name === 'br') top()?.breakLine();
      else if (blocks.has(name)) breakBlock();
    },
    attribute(name, value) {
      if (element === 'td' || element === 'th') {
        if (name === 'colspan' || name === 'rowspan') top()?.setSpan(name, value);
        else if (name === 'x:num' || name === 'sdval') top()?.setNumber(value);
      } else if (element === 'input' && name === 'type') {
        const type = value.trim().toLowerCase();
        if (fieldTypes.has(type)) markLayout();
        if (type === 'password') listener.password();
      }
    },
    text(text) {
      if (unseenDepth === 0) top()?.addText(text);
    },
    close(name, isImplied) {
      if (unseen.has(name)) unseenDepth -= 1;
      if (isImplied) closeImplied(name);
      else if (name === 'table') closeTable(true);
      else if (name === 'tr') top()?.endRow();
      else if (name === 'td' || name === 'th') top()?.endCell();
      else if (blocks.has(name)) top()?.breakBlock();
    },
    end() {
      while (tables.length > 0) closeTable(top()?.isLoose === true);
    },
  };

  /** A `</div>` too many in a cell closes the cell and the table for the parser, although both go on in the page. */
  function closeImplied(name: string): void {
    if (name === 'td' || name === 'th') isCellLoose = true;
    if (name !== 'table') return;
    const table = top();
    if (tables.length > 1) closeTable(false);
    else if (table !== undefined) table.isLoose = true;
  }
}
