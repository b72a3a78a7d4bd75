/** In UTF-16 units: enough to see what a cell holds. */
const MAX_LENGTH = 500;

/** A cell of a file as it is shown to tell what its column holds. */
export function shortenCell(cell: string): string {
  return cell.length > MAX_LENGTH ? `${cell.slice(0, MAX_LENGTH - 1).toWellFormed()}…` : cell;
}
