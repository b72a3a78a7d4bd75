/** An option for Node that shifts the clock of the process by some hours. */
export function wrongClock(hours: number): string {
  const code = `
    const RightDate = Date;
    const now = () => RightDate.now() + ${hours * 3_600_000};
    globalThis.Date = class extends RightDate {
      constructor(...parts) { super(...(parts.length > 0 ? parts : [now()])); }
      static now() { return now(); }
    };`;
  return `--import=data:text/javascript,${encodeURIComponent(code)}`;
}
