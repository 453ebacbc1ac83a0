import type { Clock } from '../kernel/clock.ts';
import { UnavailableError } from '../kernel/errors.ts';
import { isOriginValue, type OriginSecret, parseOriginSecret } from '../model/origin-secret.ts';
import type { Logger } from '../ports/logger.ts';

/** For so long a function may not know that a value was added or removed. */
export const ORIGIN_SECRET_MAX_AGE_MS = 60_000;

/** How long to wait before the next attempt if the secret could not be read. */
const RETRY_MS = 5_000;

interface OriginCheckPorts {
  /** Return the text of the secret. */
  readonly read: () => Promise<string>;
  readonly clock: Clock;
  readonly log: Pick<Logger, 'warn'>;
}

/**
 * Whether a request came through CloudFront, judged by the value of its origin header.
 *
 * @throws UnavailableError if the secret has never been read and cannot be now
 */
export type OriginCheck = (header: string | undefined) => Promise<boolean>;

/**
 * Check requests against a secret that is read once a minute at most, however many requests have a wrong value: each read costs
 * money. If it cannot be read again, the known values stay valid, because only an operator changes them.
 */
export function originCheck({ read, clock, log }: OriginCheckPorts): OriginCheck {
  let known: { readonly secret: OriginSecret; readonly until: number } | undefined;
  let reading: Promise<OriginSecret> | undefined;

  const readAgain = async (): Promise<OriginSecret> => {
    // Counted from here: a value that is added while it is read may be missing.
    const startedAt = clock();
    try {
      const secret = parseOriginSecret(await read());
      known = { secret, until: startedAt + ORIGIN_SECRET_MAX_AGE_MS };
      return secret;
    } catch (error) {
      log.warn('origin secret not read', { error });
      if (known === undefined) throw new UnavailableError('Send the request again.');
      known = { ...known, until: clock() + RETRY_MS };
      return known.secret;
    } finally {
      reading = undefined;
    }
  };

  const secretNow = (): OriginSecret | Promise<OriginSecret> => {
    if (known !== undefined && clock() < known.until) return known.secret;
    reading ??= readAgain();
    return reading;
  };

  return async (header) => isOriginValue(header, await secretNow());
}
