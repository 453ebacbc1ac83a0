import { credentialsSchema } from '../../core/api-schemas/weavy.ts';
import { type AuthenticatePorts, authenticate } from '../../core/auth/authenticate.ts';
import { validate } from '../../core/kernel/validate.ts';
import { type OpenApiOptions, openApi } from '../middleware/api.ts';

export function authenticateHandler(ports: AuthenticatePorts & OpenApiOptions) {
  return openApi('authenticate', ports, {
    createToken: async ({ json }) => {
      const { projectCode, userName, username, password } = validate(credentialsSchema, json.value);
      const credentials = { project: projectCode, keyId: userName ?? username ?? '', secret: password };
      const { token, expiresInSeconds, at } = await authenticate(ports, credentials);
      return {
        status: 200,
        body: {
          authToken: token,
          expiresIn: expiresInSeconds,
          generatedTimeUTC: new Date(at).toISOString(),
          passwordExpiryUTC: null,
        },
      };
    },
  });
}
