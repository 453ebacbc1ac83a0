import { secretText } from '../core/adapters/secrets-manager/secret-text.ts';
import { type OriginCheck, originCheck } from '../core/auth/origin-check.ts';
import { ENV } from '../core/contract.ts';
import type { Logger } from '../core/ports/logger.ts';
import { clock, optional } from './environment.ts';

/** Return the check of a stage with `apiOnlyBehindCloudFront`, for the functions that clients reach first. */
export function openOriginCheck(log: Pick<Logger, 'warn'>): OriginCheck | undefined {
  const arn = optional(ENV.originSecretArn);
  return arn === undefined ? undefined : originCheck({ read: secretText(arn), clock, log });
}
