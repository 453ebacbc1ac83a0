import { type CreateOncePorts, createOnce } from '../../core/idempotency/create-once.ts';
import type { Principal } from '../../core/model/api-key.ts';
import type { CreationSeed } from '../../core/model/creation-seed.ts';
import type { ApiAnswer, ApiRequest } from './request.ts';

/** Answer a request that creates something. Its `Idempotency-Key` is unique per project and route. */
export async function answerCreation(
  ports: CreateOncePorts,
  { routeKey, path, headers, principal }: ApiRequest & { readonly principal: Principal },
  given: object,
  create: (seed: CreationSeed) => Promise<ApiAnswer>,
): Promise<ApiAnswer> {
  const idempotencyKey = headers['idempotency-key'];
  const scope = [routeKey, path.project ?? ''];
  const creation = { scope, creator: principal.keyId, idempotencyKey, given };
  const { answer, isRepeated } = await createOnce(ports, creation, create);
  return isRepeated ? { ...answer, headers: { 'idempotent-replayed': 'true' } } : answer;
}
