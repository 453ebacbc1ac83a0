import { RequestError, ValidationError } from '../../core/kernel/errors.ts';

/** What its reader can mend: told in one sentence, exit code 1. */
export class AdminError extends Error {}

/** The command line itself is wrong: exit code 2, as for what commander finds wrong. */
export class UsageError extends Error {}

export const EXIT = { failure: 1, usage: 2 } as const;

/** What to print of an error, and the exit code. Anything that nobody foresaw keeps its stack trace. */
export function explain(error: unknown): { text: unknown; exitCode: number } {
  // All that is validated here was on the command line.
  if (error instanceof UsageError || error instanceof ValidationError)
    return { text: error.message, exitCode: EXIT.usage };
  if (error instanceof AdminError || error instanceof RequestError)
    return { text: error.message, exitCode: EXIT.failure };
  return { text: sentenceOf(error) ?? error, exitCode: EXIT.failure };
}

/** The code of a connection that failed, such as ECONNREFUSED; `fetch` and the SDK wrap it. */
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
  if (fault !== undefined) return `Nothing answers (${fault}): is the stack of these outputs running?`;
  // What AWS refuses (`$fault`), and what the SDK lacks to ask it.
  const ofAws = '$fault' in error || error.name === 'CredentialsProviderError';
  return ofAws ? `AWS: ${error.name}: ${error.message}` : undefined;
}
