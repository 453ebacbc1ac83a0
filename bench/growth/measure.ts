import { percentile, rounded } from '../bench.ts';
import type { Axis, Round, Step, Workers } from './axis.ts';
import type { GrowthEnvironment } from './environment.ts';
import type { Site } from './site.ts';

/** The cost of a step at one size, per unit of the step. */
export interface Cost extends Omit<Sample, 'made'> {
  readonly size: number;
  readonly step: Step;
  /** Peak memory of the function's process in all its steps. */
  readonly peakMB: number;
  /** Memory of the Lambda function. */
  readonly memoryMB: number;
}

export interface Effort {
  readonly rounds: number;
  readonly deliveries: number;
  /** Number of rounds before the measurement, in which most of the code is compiled. */
  readonly warm: number;
}

/** Other load on the machine only increases times, so the first quartile of the rounds is the most stable figure. */
const QUICKEST = 0.25;
/** Longer than any cache entry of a function lives. */
const PASSES_MS = 61_000;

interface Place {
  readonly size: number;
  readonly site: Site;
  readonly workers: Workers;
}

interface Sample {
  readonly made: number;
  readonly tableCalls: number;
  readonly queueCalls: number;
  readonly readUnits: number;
  readonly writeUnits: number;
  readonly cpuMs: number;
}

export const tableName = (axis: Axis, size: number): string => `${axis.name}-${size}`;

/** Measure all sizes alternately, so that other load on the machine affects them alike. */
export async function measureAxis(
  environment: GrowthEnvironment,
  axis: Axis,
  { rounds, deliveries, warm }: Effort,
): Promise<Cost[]> {
  const places: Place[] = [];
  try {
    for (const size of axis.sizes) places.push(await openPlace(environment, axis, size));
    const samples = new Map(places.map(({ size }) => [size, new Map<Step, Sample[]>()]));
    for (let n = 0; n < warm; n++)
      for (const place of places)
        await runRound(environment, axis, place, { name: `warm-${n}`, deliveries, isWarmUp: true });
    for (let n = 0; n < rounds; n++)
      for (const place of n % 2 === 0 ? places : places.toReversed()) {
        // One round is enough for sizes with this many deliveries, and takes long.
        if (n > 0 && axis.perEvent(place.size) > deliveries) continue;
        const round = { name: `round-${n}`, deliveries, isWarmUp: false };
        for (const [step, sample] of await runRound(environment, axis, place, round)) {
          const ofSize = samples.get(place.size);
          ofSize?.set(step, [...(ofSize.get(step) ?? []), sample]);
        }
      }
    return places.flatMap((place) =>
      [...(samples.get(place.size) ?? [])].map(([step, taken]) => costOf(place, step, taken)),
    );
  } finally {
    for (const { workers } of places) await Promise.all(Object.values(workers).map((each) => each.stop()));
  }
}

async function openPlace(environment: GrowthEnvironment, axis: Axis, size: number): Promise<Place> {
  const site = await environment.openSite(tableName(axis, size));
  const names = [...new Set(axis.steps.map((step) => step.of))];
  const started = await Promise.all(
    names.map(async (name) => [name, await environment.startFunction(name, site)] as const),
  );
  return { size, site, workers: Object.fromEntries(started) as Workers };
}

async function runRound(
  environment: GrowthEnvironment,
  axis: Axis,
  { size, site, workers }: Place,
  round: Omit<Round, 'size'>,
): Promise<[Step, Sample][]> {
  for (const worker of Object.values(workers)) worker.pass(PASSES_MS);
  const samples: [Step, Sample][] = [];
  for (const step of axis.steps) {
    environment.takeCounts();
    environment.takeArrivals();
    workers[step.of].takeCpuMs();
    const made = await step.run(site, workers, { size, ...round });
    const { table, queues } = environment.takeCounts();
    const arrivals = environment.takeArrivals();
    if ((step.of === 'deliver' || step.of === 'pump') && arrivals !== made)
      throw new Error(`${step.name}: ${arrivals} requests instead of ${made}`);
    samples.push([
      step,
      {
        made,
        tableCalls: table.calls,
        queueCalls: queues.calls,
        readUnits: table.readUnits,
        writeUnits: table.writeUnits,
        cpuMs: workers[step.of].takeCpuMs(),
      },
    ]);
  }
  return samples;
}

/** Return the cost per unit: counts over all rounds, and the first quartile of the CPU times. */
function costOf({ size, workers }: Place, step: Step, samples: readonly Sample[]): Cost {
  const sum = (figure: keyof Sample) => samples.reduce((total, sample) => total + sample[figure], 0);
  const mean = (figure: keyof Sample) => rounded(sum(figure) / sum('made'), 3);
  return {
    size,
    step,
    tableCalls: mean('tableCalls'),
    queueCalls: mean('queueCalls'),
    readUnits: mean('readUnits'),
    writeUnits: mean('writeUnits'),
    cpuMs: rounded(
      percentile(
        samples.map(({ cpuMs, made }) => cpuMs / made),
        QUICKEST,
      ),
      3,
    ),
    peakMB: Math.round(workers[step.of].peakMB()),
    memoryMB: workers[step.of].memoryMB,
  };
}
