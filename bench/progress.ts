/** Say on standard error what a bench does now: some take minutes before they have a figure. */
export function progress(doing: string): void {
  process.stderr.write(`${(performance.now() / 1000).toFixed(0).padStart(4)} s  ${doing}\n`);
}
