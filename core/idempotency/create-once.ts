import * as z from 'zod';
import { type Clock, DAY_MS } from '../kernel/clock.ts';
import { ConflictError, RequestError, UnavailableError, ValidationError } from '../kernel/errors.ts';
import { validate } from '../kernel/validate.ts';
import { type CreationSeed, newSeed, readSeed, writeSeed } from '../model/creation-seed.ts';
import type { CreationRecord, CreationStore } from '../ports/creation-store.ts';
import type { DataKey, DataKeys } from '../ports/data-keys.ts';
import type { Logger } from '../ports/logger.ts';
import { IdempotencyVault, idempotencyKeySchema } from './idempotency-vault.ts';

export interface CreateOncePorts {
  readonly creations: CreationStore;
  readonly stackKey: string;
  readonly dataKeys: DataKeys;
  readonly clock: Clock;
  readonly log: Logger;
}

export interface Creation {
  /** The route and the project for which an Idempotency-Key is unique. */
  readonly scope: readonly string[];
  /** The id of the API key that asks for it. */
  readonly creator: string;
  /** The header, if the request has one. */
  readonly idempotencyKey: string | undefined;
  /** The request's validated body. */
  readonly given: object;
}

/** Longer than a function behind the API may run: a request that holds its claim for longer has crashed. */
const LEASE_MS = 15_000;

const headerSchema = z.object({ 'Idempotency-Key': idempotencyKeySchema });

/**
 * Run a creation, with an Idempotency-Key just once in 24 hours: a repeated request of the same API key gets the first one's
 * response, which may have a secret.
 *
 * The key is claimed first, together with the seed of the resource. A try that crashes leaves its claim behind; the next
 * one creates the very same resource from the seed, or finds it created. The response to a rejected request is not kept, so
 * that the caller can correct it.
 *
 * @throws ValidationError if the key is malformed, or was used with another body
 * @throws ConflictError while another request with the key is in progress, or if another API key used it
 */
export async function createOnce<Answer extends object>(
  ports: CreateOncePorts,
  { scope, creator, idempotencyKey, given }: Creation,
  create: (seed: CreationSeed) => Promise<Answer>,
): Promise<{ readonly answer: Answer; readonly isRepeated: boolean }> {
  const { creations, stackKey, dataKeys, clock } = ports;
  const now = clock();
  const seed = newSeed(now);
  if (idempotencyKey === undefined) return { answer: await create(seed), isRepeated: false };
  validate(headerSchema, { 'Idempotency-Key': idempotencyKey });
  const open = (dataKey: DataKey | null) =>
    new IdempotencyVault({ stackKey, dataKey: dataKey?.key, scope, idempotencyKey });
  const dataKey = await dataKeys.current();
  const vault = open(dataKey);
  const claim: CreationRecord = {
    id: vault.id,
    creator,
    ...(dataKey !== null && { dataKey: dataKey.number }),
    fingerprint: vault.fingerprint(JSON.stringify(given)),
    isDone: false,
    sealed: vault.seal(writeSeed(seed)),
    lease: now + LEASE_MS,
    expiresAt: now + DAY_MS,
  };
  const found = await creations.claim(claim);
  if (found === null)
    return { answer: await createClaimed(ports, claim, vault, () => create(seed)), isRepeated: false };
  // First, so that no other caller learns whether the bodies are the same.
  if ((found.creator ?? creator) !== creator) throw usedByAnother();
  // Another version or data key may have sealed it.
  const sealer = open(found.dataKey === undefined ? null : await dataKeys.get(found.dataKey));
  if (found.fingerprint !== sealer.fingerprint(JSON.stringify(given))) throw usedOtherwise();
  if (found.isDone) return { answer: JSON.parse(sealer.open(found.sealed)), isRepeated: true };
  if (found.lease > now) throw inProgress();
  const taken = { ...found, lease: claim.lease };
  if (!(await creations.replace(found.lease, taken))) throw inProgress();
  const first = readSeed(sealer.open(found.sealed));
  return { answer: await createClaimed(ports, taken, sealer, () => create(first)), isRepeated: false };
}

async function createClaimed<Answer extends object>(
  { creations, log }: CreateOncePorts,
  claim: CreationRecord,
  vault: IdempotencyVault,
  create: () => Promise<Answer>,
): Promise<Answer> {
  let answer: Answer;
  try {
    answer = await create();
  } catch (error) {
    const isRejection = error instanceof RequestError && !(error instanceof UnavailableError);
    const undo = isRejection
      ? creations.remove(claim.id, claim.lease)
      : creations.replace(claim.lease, { ...claim, lease: 0 });
    await logFailure(log, undo);
    throw error;
  }
  const sealed = vault.seal(JSON.stringify(answer));
  await logFailure(log, creations.replace(claim.lease, { ...claim, isDone: true, sealed }));
  return answer;
}

/** Log a failed write instead of throwing: the caller gets the result of the creation in any case. */
async function logFailure(log: Logger, write: Promise<unknown>): Promise<void> {
  try {
    await write;
  } catch (error) {
    log.error('idempotency record not written', { error });
  }
}

const usedOtherwise = () =>
  ValidationError.of([{ path: 'Idempotency-Key', message: 'was used with another body' }]);

const usedByAnother = () => new ConflictError('This Idempotency-Key was used with another API key.');

const inProgress = () =>
  new ConflictError('A request with this Idempotency-Key is in progress. Send yours again later.');
