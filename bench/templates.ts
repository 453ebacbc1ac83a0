import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { EventScope } from '../core/customer-code/event-scope.ts';
import { compileTemplate } from '../core/engines/template/template.ts';
import { HOSTILE_TEMPLATES, LARGE_DATA } from '../test/support/hostile-templates.ts';
import { eventRecord } from '../test/support/records.ts';
import { type Bench, median, type Result } from './bench.ts';

type Option = 'rounds';

/** Measures the CPU time and heap of hostile templates until their limit ends them. */
export const templates: Bench<Option> = {
  title: 'Hostile templates',
  summary: 'time and memory of hostile templates; fails above 50 ms or 50 MB',
  method: `The bench renders templates that would run forever or use up all memory, and measures CPU time and heap,
including garbage, until their limit ends them. The table shows the worst ones.`,
  options: { rounds: 5 },
  quick: { rounds: 1 },
  run: async ({ rounds }) => run(rounds),
};

const MAX_MS = 50;
const MAX_MB = 50;
const SHOWN = 15;

function run(rounds: number): Result {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const measured = HOSTILE_TEMPLATES.map(([does, source]) => {
    const runs = Array.from({ length: rounds }, () => measure(source, collect));
    const ms = median(runs.map((run) => run.ms));
    return { template: does, ms: round(ms), MB: round(Math.max(...runs.map((run) => run.megabytes))) };
  });
  const worst = measured.toSorted((a, b) => b.ms / MAX_MS + b.MB / MAX_MB - a.ms / MAX_MS - a.MB / MAX_MB);
  const over = measured.filter(({ ms, MB }) => ms > MAX_MS || MB > MAX_MB);
  return {
    tables: [{ title: 'Worst templates', rows: worst.slice(0, SHOWN) }],
    ...(over.length > 0 && {
      failure: `${over.map(({ template }) => template).join(', ')} exceeded the limit.`,
    }),
  };
}

/** Measure the CPU time and the allocated heap, including garbage that was not collected meanwhile. */
function measure(source: string, collect: () => void): { ms: number; megabytes: number } {
  const scope = new EventScope(eventRecord({ data: LARGE_DATA as never }), Date.now());
  // Build the event's values before the measurement, because all its subscriptions share them.
  scope.values.size;
  collect();
  const heap = heapBytes();
  const started = process.threadCpuUsage();
  try {
    compileTemplate(source).render(scope);
    throw new Error(`The template ended without reaching its limit: ${source}`);
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
