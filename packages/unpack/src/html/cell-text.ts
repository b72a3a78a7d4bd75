/** The text of a cell as a browser shows it. */
export interface CellText {
  /** @param more of the page, in which a run of blanks is one */
  add(more: string): void;
  /** `<br>` */
  breakLine(): void;
  /** Where a paragraph begins or ends: a new line, unless there is one. */
  breakBlock(): void;
  /** What has been added, without blanks around its lines; it is empty then. */
  take(): string;
  /** UTF-16 units so far. */
  length(): number;
}

/** Looks at no more than what is added: a cell may come in a million parts. */
export function createCellText(): CellText {
  let text = '';
  let endsBlank = true;
  let endsWithBreak = true;

  function breakLine(): void {
    text += '\n';
    endsBlank = true;
    endsWithBreak = true;
  }

  return {
    add(more) {
      const collapsed = more.replace(/\s+/g, ' ');
      const added = endsBlank ? collapsed.trimStart() : collapsed;
      if (added === '') return;
      text += added;
      endsBlank = added.endsWith(' ');
      endsWithBreak &&= added === ' ';
    },
    breakLine,
    breakBlock() {
      if (!endsWithBreak) breakLine();
    },
    take() {
      const taken = (text.includes('\n') ? text.replaceAll(' \n', '\n') : text).trim();
      text = '';
      endsBlank = true;
      endsWithBreak = true;
      return taken;
    },
    length: () => text.length,
  };
}
