/** The stream that shows progress: standard error, because standard output contains only the result. */
interface Screen {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  write(text: string): unknown;
}

export interface Progress {
  update(done: number, total: number): void;
  /** Finish with the last state on its own line. */
  end(): void;
}

/** Often enough in a log to show that the command is alive. */
const LINE_EVERY_MS = 5000;
const WIDEST_BAR = 40;

/**
 * Show a bar that redraws itself on a terminal; elsewhere write a line when the state has changed, but not too often.
 */
export function startProgress(label: string, screen: Screen = process.stderr, clock = Date.now): Progress {
  return screen.isTTY ? drawn(label, screen) : logged(label, screen, clock);
}

function drawn(label: string, screen: Screen): Progress {
  let shown = false;
  return {
    update(done, total) {
      shown = true;
      // Return to the start of the line, and clear the rest of it. Terminals of unknown size report 0 columns.
      screen.write(`\r${bar(label, done, total, screen.columns || 80)}\u001B[K`);
    },
    end() {
      if (shown) screen.write('\n');
    },
  };
}

function logged(label: string, screen: Screen, clock: () => number): Progress {
  let latest = '';
  let printed = '';
  let printedAt = Number.NEGATIVE_INFINITY;
  const print = () => {
    if (latest === printed) return;
    screen.write(`${latest}\n`);
    printed = latest;
    printedAt = clock();
  };
  return {
    update(done, total) {
      latest = `${label}: ${done} of ${total}`;
      if (clock() - printedAt >= LINE_EVERY_MS) print();
    },
    end: print,
  };
}

/** Return a bar such as `events  ██████░░░░  60 %  6 of 10` that fits into the terminal. */
export function bar(label: string, done: number, total: number, columns: number): string {
  // The totals of queues are approximate and may grow meanwhile.
  const share = total === 0 ? 0 : Math.min(1, done / total);
  const counts = `${String(Math.floor(share * 100)).padStart(3)} %  ${done} of ${total}`;
  // Leave the last column empty because some terminals wrap the line there.
  const width = Math.min(WIDEST_BAR, columns - label.length - counts.length - 5);
  if (width < 5) return `${label}  ${counts}`.slice(0, Math.max(0, columns - 1));
  const full = Math.round(share * width);
  return `${label}  ${'█'.repeat(full)}${'░'.repeat(width - full)}  ${counts}`;
}
