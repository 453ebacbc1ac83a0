import { explain } from '../admin/errors.ts';

/** What a step found. */
export interface Found {
  /** A sentence for the report. */
  readonly detail: string;
  /** Measured figures, by name. */
  readonly figures?: Readonly<Record<string, string | number>>;
}

export interface Step {
  readonly name: string;
  /** The steps that must have passed. */
  readonly needs: readonly string[];
  /** @throws Skipped @throws any other error if the step has failed */
  run(): Promise<Found>;
}

export interface Result extends Found {
  readonly name: string;
  readonly result: 'passed' | 'failed' | 'skipped';
  readonly seconds: number;
}

/** A step has nothing to do, or cannot do it here. */
export class Skipped extends Error {}

/**
 * Run the steps in their order. A step is skipped if one that it needs has not passed, if it is in `cannot`, or after an
 * interruption.
 *
 * @param tell called before and after each step, for people to read
 */
export async function runSteps(
  steps: readonly Step[],
  { cannot, signal, tell }: Surroundings,
): Promise<Result[]> {
  const results: Result[] = [];
  for (const step of steps) {
    const lacking = step.needs.filter(
      (need) => results.find(({ name }) => name === need)?.result !== 'passed',
    );
    const reason =
      cannot[step.name] ??
      (signal.aborted ? 'interrupted' : lacking.length > 0 ? `needs ${lacking.join(', ')}` : undefined);
    if (reason === undefined) tell(`… ${step.name}`);
    const result =
      reason === undefined
        ? await resultOf(step, signal)
        : { name: step.name, result: 'skipped' as const, seconds: 0, detail: reason };
    results.push(result);
    tell(lineOf(result));
  }
  return results;
}

/**
 * Run the steps, and then the last ones, whatever has happened: neither a failure nor an interruption keeps these from running.
 */
export async function runToTheEnd(
  steps: readonly Step[],
  last: readonly Step[],
  surroundings: Surroundings,
): Promise<Result[]> {
  const results: Result[] = [];
  try {
    results.push(...(await runSteps(steps, surroundings)));
  } finally {
    const { signal } = new AbortController();
    results.push(...(await runSteps(last, { ...surroundings, cannot: {}, signal })));
  }
  return results;
}

interface Surroundings {
  /** Steps that cannot be done here, with the reason. */
  readonly cannot: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly tell: (text: string) => void;
}

async function resultOf({ name, run }: Step, signal: AbortSignal): Promise<Result> {
  const startedAt = performance.now();
  const seconds = () => Math.round((performance.now() - startedAt) / 100) / 10;
  try {
    const found = await run();
    return { name, result: 'passed', seconds: seconds(), ...found };
  } catch (error) {
    if (error instanceof Skipped)
      return { name, result: 'skipped', seconds: seconds(), detail: error.message };
    const detail = signal.aborted ? 'interrupted' : textOf(error);
    return { name, result: 'failed', seconds: seconds(), detail };
  }
}

/** Unexpected errors keep their stack trace. */
function textOf(error: unknown): string {
  const { text } = explain(error);
  return text instanceof Error ? String(text.stack) : String(text);
}

export const MARK = { passed: '✓', failed: '✗', skipped: '–' } as const;

const lineOf = ({ name, result, seconds, detail }: Result): string =>
  `${MARK[result]} ${name}  ${seconds} s  ${detail}`;
