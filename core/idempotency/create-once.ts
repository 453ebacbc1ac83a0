import * as z from 'zod';
import type { Clock } from '../kernel/clock.ts';
import { ConflictError, RequestError, UnavailableError, ValidationError } from '../kernel/errors.ts';
import { validate } from '../kernel/validate.ts';
import { type CreationSeed, newSeed, readSeed, writeSeed } from '../model/creation-seed.ts';
import type { CreationRecord, CreationStore } from '../ports/creation-store.ts';
import type { Logger } from '../ports/logger.ts';
import { type IdempotencyVault, idempotencyKeySchema, idempotencyVault } from './idempotency-vault.ts';

export interface CreateOnceDependencies {
  readonly creations: CreationStore;
  readonly stackKey: string;
  readonly clock: Clock;
  readonly log: Logger;
}

export interface Creation {
  /** What an Idempotency-Key holds for: a route and whose it is. */
  readonly scope: readonly string[];
  /** The header, if there is one. */
  readonly idempotencyKey: string | undefined;
  /** The request's body, valid. */
  readonly given: object;
}

const DAY_MS = 86_400_000;
/** Longer than a function behind the API may take: whoever holds a claim for longer has died. */
const LEASE_MS = 15_000;

const headerSchema = z.object({ 'Idempotency-Key': idempotencyKeySchema });

/**
 * Runs creations, those with an Idempotency-Key once in 24 hours: the same key answers what it answered.
 *
 * The key is claimed first, with the seed that the resource is made from. A try that died on the way leaves the claim,
 * and the next one makes the very same resource from it, or finds it made. An answer of a request that was refused is
 * not kept, so that it may be put right.
 *
 * @throws ValidationError if the key is none, or was used with another body
 * @throws ConflictError while another request with the key is under way
 */
export function createOnce({ creations, stackKey, clock, log }: CreateOnceDependencies) {
  /** What went wrong with the record is logged: the answer is the caller's in any case. */
  const unlessFailing = async (write: Promise<unknown>): Promise<void> => {
    try {
      await write;
    } catch (error) {
      log.error('idempotency record not written', { error });
    }
  };

  const run = async <Answer extends object>(
    claim: CreationRecord,
    vault: IdempotencyVault,
    create: () => Promise<Answer>,
  ): Promise<Answer> => {
    let answer: Answer;
    try {
      answer = await create();
    } catch (error) {
      const isRefusal = error instanceof RequestError && !(error instanceof UnavailableError);
      const undo = isRefusal
        ? creations.remove(claim.id, claim.lease)
        : creations.replace(claim.lease, { ...claim, lease: 0 });
      await unlessFailing(undo);
      throw error;
    }
    const sealed = vault.seal(JSON.stringify(answer));
    await unlessFailing(creations.replace(claim.lease, { ...claim, isDone: true, sealed }));
    return answer;
  };

  return async <Answer extends object>(
    { scope, idempotencyKey, given }: Creation,
    create: (seed: CreationSeed) => Promise<Answer>,
  ): Promise<{ readonly answer: Answer; readonly isRepeated: boolean }> => {
    const now = clock();
    const seed = newSeed(now);
    if (idempotencyKey === undefined) return { answer: await create(seed), isRepeated: false };
    validate(headerSchema, { 'Idempotency-Key': idempotencyKey });
    const vault = idempotencyVault(stackKey, scope, idempotencyKey);
    const claim: CreationRecord = {
      id: vault.id,
      fingerprint: vault.fingerprint(JSON.stringify(given)),
      isDone: false,
      sealed: vault.seal(writeSeed(seed)),
      lease: now + LEASE_MS,
      expiresAt: now + DAY_MS,
    };
    const found = await creations.claim(claim);
    if (found === null) return { answer: await run(claim, vault, () => create(seed)), isRepeated: false };
    if (found.fingerprint !== claim.fingerprint) throw usedOtherwise();
    if (found.isDone) return { answer: JSON.parse(vault.open(found.sealed)), isRepeated: true };
    if (found.lease > now) throw underWay();
    const taken = { ...found, lease: claim.lease };
    if (!(await creations.replace(found.lease, taken))) throw underWay();
    const first = readSeed(vault.open(found.sealed));
    return { answer: await run(taken, vault, () => create(first)), isRepeated: false };
  };
}

const usedOtherwise = () =>
  ValidationError.of([{ path: 'Idempotency-Key', message: 'was used with another body' }]);

const underWay = () =>
  new ConflictError('A request with this Idempotency-Key is under way. Send it again in a while.');
