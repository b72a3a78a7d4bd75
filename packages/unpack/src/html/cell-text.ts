/** The text of a cell as a browser shows it. */
export interface CellText {
  /** @param more text of the page; a run of blanks counts as one */
  add(more: string): void;
  /** `<br>` */
  breakLine(): void;
  /** Where a paragraph begins or ends: a new line, unless the text is at one. */
  breakBlock(): void;
  /** Takes the text so far, without blanks around its lines. Nothing is left. */
  take(): string;
  /** Of the text so far, in UTF-16 units. */
  length(): number;
}

/** Adding a part looks at that part only: a cell may come in a million parts. */
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
