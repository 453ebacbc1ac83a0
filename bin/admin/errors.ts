import { RequestError, ValidationError } from '../../core/kernel/errors.ts';

/** An error that the user can fix: printed as one sentence, exit code 1. */
export class AdminError extends Error {}

/** An invalid command line: exit code 2, as for the errors that commander finds. */
export class UsageError extends Error {}

export const EXIT = { failure: 1, usage: 2 } as const;

/** Return the text to print for an error, and the exit code. Unexpected errors keep their stack trace. */
export function explain(error: unknown): { text: unknown; exitCode: number } {
  // Everything that the commands validate comes from the command line.
  if (error instanceof UsageError || error instanceof ValidationError)
    return { text: error.message, exitCode: EXIT.usage };
  if (error instanceof AdminError || error instanceof RequestError)
    return { text: error.message, exitCode: EXIT.failure };
  return { text: sentenceOf(error) ?? error, exitCode: EXIT.failure };
}

/** Return the code of a failed connection, such as ECONNREFUSED, which `fetch` and the SDK wrap. */
function connectionFault(error: unknown): string | undefined {
  for (let at = error; at instanceof Error; at = at.cause) {
    const code = 'code' in at ? at.code : undefined;
    if (typeof code === 'string' && CONNECTION_FAULTS.has(code)) return code;
  }
  return undefined;
}

const CONNECTION_FAULTS = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'UND_ERR_SOCKET',
]);

function sentenceOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const fault = connectionFault(error);
  if (fault !== undefined) return `Cannot connect (${fault}): is the stack of these outputs running?`;
  // Errors of AWS have `$fault`; without credentials the SDK does not even send a request.
  const ofAws = '$fault' in error || error.name === 'CredentialsProviderError';
  return ofAws ? `AWS: ${error.name}: ${error.message}` : undefined;
}
