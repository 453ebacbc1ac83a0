import type { Deployment } from '../admin/deployment.ts';
import { explain } from '../admin/errors.ts';
import { placesOf } from './look.ts';
import type { Report } from './report.ts';

/** A check found something other than what it expected. */
export class CheckError extends Error {
  readonly expected: string;

  constructor(expected: string, found: string) {
    super(found);
    this.expected = expected;
  }
}

/** A check has failed and is in the report. The following checks depend on it and are skipped. */
export class FailedError extends Error {}

interface Check<Result> {
  readonly name: string;
  /** The statement that the check verifies. */
  readonly title: string;
  /** Return a detail to print after the title if the check succeeds. */
  readonly detail?: (result: Result) => string;
  /** Functions whose logs may explain a failure. */
  readonly functions: readonly string[];
  readonly run: () => Promise<Result>;
}

export type RunCheck = <Result>(check: Check<Result>) => Promise<Result>;

/** Return a function that runs a check and adds it to the report. @throws FailedError */
export function checks(report: Report, stack: Deployment, signal: AbortSignal): RunCheck {
  return async ({ name, title, detail, functions, run }) => {
    const startedAt = performance.now();
    const took = () => Math.round(performance.now() - startedAt);
    try {
      signal.throwIfAborted();
      const result = await run();
      const detailed = detail === undefined ? title : `${title}: ${detail(result)}`;
      report.add({ name, title: detailed, ok: true, ms: took() });
      return result;
    } catch (error) {
      const { expected, found, where } = signal.aborted
        ? { expected: undefined, found: 'interrupted', where: [] }
        : { ...faultOf(error), where: placesOf(stack, name, functions) };
      report.add({
        name,
        title,
        ok: false,
        ms: took(),
        ...(expected !== undefined && { expected }),
        found,
        look: where,
      });
      throw new FailedError(name);
    }
  };
}

function faultOf(error: unknown): { expected: string | undefined; found: string } {
  if (error instanceof CheckError) return { expected: error.expected, found: error.message };
  const { text } = explain(error);
  // Unexpected errors keep their stack trace.
  return { expected: undefined, found: text instanceof Error ? String(text.stack) : String(text) };
}
