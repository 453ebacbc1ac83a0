import type { Deployment } from '../admin/deployment.ts';
import { explain } from '../admin/errors.ts';
import { placesOf } from './look.ts';
import type { Report } from './report.ts';

/** What a check found in place of what it expected. */
export class CheckError extends Error {
  readonly expected: string;

  constructor(expected: string, found: string) {
    super(found);
    this.expected = expected;
  }
}

/** A check has failed, and is in the report: those after it need what it did not get. */
export class FailedError extends Error {}

interface Check<Result> {
  readonly name: string;
  /** What holds. */
  readonly title: string;
  /** What else is worth knowing where it does. */
  readonly tell?: (result: Result) => string;
  /** Those whose logs may tell why it does not. */
  readonly functions: readonly string[];
  readonly run: () => Promise<Result>;
}

export type MakeCheck = <Result>(check: Check<Result>) => Promise<Result>;

/** Makes checks one by one, and tells each in the report. @throws FailedError */
export function checks(report: Report, stack: Deployment, signal: AbortSignal): MakeCheck {
  return async ({ name, title, tell, functions, run }) => {
    const startedAt = performance.now();
    const took = () => Math.round(performance.now() - startedAt);
    try {
      signal.throwIfAborted();
      const result = await run();
      const told = tell === undefined ? title : `${title}: ${tell(result)}`;
      report.add({ name, title: told, ok: true, ms: took() });
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
  // What nobody foresaw keeps its stack trace.
  return { expected: undefined, found: text instanceof Error ? String(text.stack) : String(text) };
}
