import type { Problem } from '../../../client/index.ts';

export interface Fault {
  /** Such as `events.0`; empty for the whole body. */
  readonly path: string;
  readonly message: string;
}

/** A request that the API rejected, with its problem details. */
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

interface ClientResponse<T> {
  readonly data?: T;
  readonly error?: Problem | { message: string };
  readonly response: Response;
}

/**
 * Return the data of a client call.
 *
 * @throws ApiError if the API rejected the request
 * @throws TypeError if there was no response
 */
export async function unwrap<T>(call: Promise<ClientResponse<T>>): Promise<T> {
  const { data, error, response } = await call;
  if (response.ok) return data as T;
  if (error !== undefined && 'detail' in error)
    throw new ApiError(response.status, error.detail, error.errors);
  throw new ApiError(response.status, error?.message ?? response.statusText);
}
