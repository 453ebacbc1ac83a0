import { ApiRefusedError } from '../admin/api.ts';
import type { Result } from './report.ts';

/** Statuses that concern a single request, and not the key, the project or the stack. */
const FAULTS = new Set([400, 409, 413, 417, 422]);

/** Import one line or document. If the API rejects it, only this one has failed, and the import continues. */
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
