import type { Fault } from '../../kernel/errors.ts';
import type { CompiledSchema } from './compile.ts';
import { Run, TooMuchWorkError, type ValidationBudget } from './run.ts';

/**
 * Return the faults of a value, at most 100. A value that takes more work than the budget has left is a fault.
 *
 * @param path the path of the value, such as `data`
 */
export function faultsOf(
  { schema, tracks }: CompiledSchema,
  value: unknown,
  path: string,
  budget: ValidationBudget,
): readonly Fault[] {
  const run = new Run(budget, path, tracks);
  try {
    run.fits(schema, value, run.newSeen());
  } catch (error) {
    if (!(error instanceof TooMuchWorkError)) throw error;
    return [{ path, message: error.message }];
  }
  return run.faults;
}
