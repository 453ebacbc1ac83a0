/** Where progress is told: standard error, so that standard output is the result alone. */
interface Screen {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  write(text: string): unknown;
}

export interface Progress {
  update(done: number, total: number): void;
  /** Leaves the last state on a line of its own. */
  end(): void;
}

/** A log wants a sign of life, not a line a second. */
const LINE_EVERY_MS = 5000;
const WIDEST_BAR = 40;

/** A bar that is drawn anew on a terminal; elsewhere plain lines, when something has changed and not too often. */
export function startProgress(label: string, screen: Screen = process.stderr, clock = Date.now): Progress {
  return screen.isTTY ? drawn(label, screen) : logged(label, screen, clock);
}

function drawn(label: string, screen: Screen): Progress {
  let shown = false;
  return {
    update(done, total) {
      shown = true;
      // To the start of the line, and what was there is cleared to its end. Terminals without a size say 0.
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

/** `events  ██████░░░░  60 %  6 of 10`, no wider than the terminal. */
export function bar(label: string, done: number, total: number, columns: number): string {
  // Totals of queues are approximate, and more may have come meanwhile.
  const share = total === 0 ? 0 : Math.min(1, done / total);
  const counts = `${String(Math.floor(share * 100)).padStart(3)} %  ${done} of ${total}`;
  // The last column stays free: some terminals break the line there.
  const width = Math.min(WIDEST_BAR, columns - label.length - counts.length - 5);
  if (width < 5) return `${label}  ${counts}`.slice(0, Math.max(0, columns - 1));
  const full = Math.round(share * width);
  return `${label}  ${'█'.repeat(full)}${'░'.repeat(width - full)}  ${counts}`;
}
