import { type CreateOnceDependencies, createOnce } from '../../core/idempotency/create-once.ts';
import type { CreationSeed } from '../../core/model/creation-seed.ts';
import type { ApiAnswer, ApiRequest } from './api.ts';

/** Answers creations; the header `Idempotency-Key` holds for a project and a route. */
export function creations(dependencies: CreateOnceDependencies) {
  const once = createOnce(dependencies);
  return async (
    { routeKey, path, headers }: ApiRequest,
    given: object,
    create: (seed: CreationSeed) => Promise<ApiAnswer>,
  ): Promise<ApiAnswer> => {
    const idempotencyKey = headers['idempotency-key'];
    const creation = { scope: [routeKey, path.project], idempotencyKey, given };
    const { answer, isRepeated } = await once(creation, create);
    return isRepeated ? { ...answer, headers: { 'idempotent-replayed': 'true' } } : answer;
  };
}

export type AnswerCreation = ReturnType<typeof creations>;
