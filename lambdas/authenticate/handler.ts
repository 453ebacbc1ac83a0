import * as z from 'zod';
import { validate } from '../../core/domain/validate.ts';
import type { Log } from '../../core/ports.ts';
import { type AuthenticateDependencies, authenticate } from '../../core/use-cases/authenticate.ts';
import { openApi } from '../middleware/api.ts';

const text = z.string({ error: 'is required' }).min(1, 'is required').max(200);

/** Weavy writes `userName` or `username`, and its clients may send more than it documents. */
const credentialsSchema = z
  .looseObject({ projectCode: text, password: text, userName: text.optional(), username: text.optional() })
  .refine(({ userName, username }) => (userName ?? username) !== undefined, {
    path: ['userName'],
    message: 'is required',
  });

export function authenticateHandler({ log, ...dependencies }: AuthenticateDependencies & { log: Log }) {
  const authenticateKey = authenticate(dependencies);
  return openApi({ log }, async (body) => {
    const { projectCode, userName, username, password } = validate(credentialsSchema, body);
    const credentials = { project: projectCode, keyId: userName ?? username ?? '', secret: password };
    const { token, expiresInSeconds, at } = await authenticateKey(credentials);
    return {
      status: 200,
      body: {
        authToken: token,
        expiresIn: expiresInSeconds,
        generatedTimeUTC: new Date(at).toISOString(),
        passwordExpiryUTC: null,
      },
    };
  });
}
