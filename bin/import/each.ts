import { ApiRefusedError } from '../admin/api.ts';
import type { Result } from './report.ts';

/** What is wrong with one request, and not with the key, the project or the stack. */
const FAULTS = new Set([400, 409, 413, 417, 422]);

/** What becomes of one line or document: what the API says against it is a failure of that one alone. */
export async function resultOf(
  importOne: () => Promise<Result>,
  reasonOf = ({ detail }: ApiRefusedError): string => detail,
): Promise<Result> {
  try {
    return await importOne();
  } catch (error) {
    if (!(error instanceof ApiRefusedError) || !FAULTS.has(error.status)) throw error;
    return { outcome: 'failed', reason: reasonOf(error) };
  }
}
