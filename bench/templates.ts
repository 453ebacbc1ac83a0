import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { EventScope } from '../core/customer-code/event-scope.ts';
import { compileTemplate } from '../core/engines/template/template.ts';
import { HOSTILE_TEMPLATES, LARGE_DATA } from '../test/support/hostile-templates.ts';
import { eventRecord } from '../test/support/records.ts';
import { type Bench, percentile, type Result } from './bench.ts';

type Option = 'rounds';

/** What each template that would run for ever takes until its limit ends it: time of the processor, and heap. */
export const templates: Bench<Option> = {
  title: 'Hostile templates',
  summary: 'time and memory of hostile templates; fails above 50 ms or 50 MB',
  method: `Templates that would run for ever, or take all memory, until their limit ends them: time of the processor,
and heap with its garbage. The worst are shown.`,
  options: { rounds: 5 },
  quick: { rounds: 1 },
  run: async ({ rounds }) => run(rounds),
};

const MOST_MS = 50;
const MOST_MB = 50;
const SHOWN = 15;

function run(rounds: number): Result {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const measured = HOSTILE_TEMPLATES.map(([does, source]) => {
    const runs = Array.from({ length: rounds }, () => measure(source, collect));
    const ms = percentile(
      runs.map((run) => run.ms),
      0.5,
    );
    return { template: does, ms: round(ms), MB: round(Math.max(...runs.map((run) => run.megabytes))) };
  });
  const worst = measured.toSorted(
    (a, b) => b.ms / MOST_MS + b.MB / MOST_MB - a.ms / MOST_MS - a.MB / MOST_MB,
  );
  const over = measured.filter(({ ms, MB }) => ms > MOST_MS || MB > MOST_MB);
  return {
    tables: [{ title: 'The worst', rows: worst.slice(0, SHOWN) }],
    ...(over.length > 0 && {
      failure: `${over.map(({ template }) => template).join(', ')}: over the limit.`,
    }),
  };
}

/** Heap that was taken, garbage included: no collection runs in between unless it must. */
function measure(source: string, collect: () => void): { ms: number; megabytes: number } {
  const scope = new EventScope(eventRecord({ data: LARGE_DATA as never }), Date.now());
  // The event's own values are made once for all its subscriptions.
  scope.values.size;
  collect();
  const heap = heapBytes();
  const started = process.threadCpuUsage();
  try {
    compileTemplate(source).render(scope);
    throw new Error(`It ended by itself: ${source}`);
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'RenderLimitError') throw error;
  }
  const { user, system } = process.threadCpuUsage(started);
  return { ms: (user + system) / 1000, megabytes: (heapBytes() - heap) / 1e6 };
}

function heapBytes(): number {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

const round = (value: number) => Math.round(value * 10) / 10;
