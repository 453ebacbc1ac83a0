/** An error that the user can fix: one sentence, printed without a stack trace. */
export class LocalStackError extends Error {
  override name = 'LocalStackError';
}

/** Return the message of a thrown value. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Return the `code` of a Node.js system error, such as `EADDRINUSE`. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
