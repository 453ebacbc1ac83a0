import type { Problem } from '../../../client/index.ts';

export interface Fault {
  /** Such as `events.0`; empty for the body as a whole. */
  readonly path: string;
  readonly message: string;
}

/** What the API refused, in its own words. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly faults: readonly Fault[];

  constructor(status: number, message: string, faults: readonly Fault[] = []) {
    super(message);
    this.status = status;
    this.faults = faults;
  }
}

interface Answer<T> {
  readonly data?: T;
  readonly error?: Problem | { message: string };
  readonly response: Response;
}

/**
 * What a call of the client answered.
 *
 * @throws ApiError where the API refused it
 * @throws TypeError where no answer came
 */
export async function answerOf<T>(call: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await call;
  if (response.ok) return data as T;
  if (error !== undefined && 'detail' in error)
    throw new ApiError(response.status, error.detail, error.errors);
  throw new ApiError(response.status, error?.message ?? response.statusText);
}
