/** A part of the report with a title. A section without lines is left out. */
export interface Section {
  readonly title: string;
  readonly lines: readonly string[];
}
