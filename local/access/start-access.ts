import type { AwsEndpoints } from '../functions/lambda-environment.ts';
import type { Log } from '../settings.ts';
import type { Teardown } from '../teardown.ts';
import { Access } from './access.ts';
import { startGate } from './gate.ts';
import type { Roles } from './roles.ts';

/** Start the proxies that enforce roles, and return the endpoints that functions must use, and their recorded calls. */
export async function startAccess(
  roles: Roles,
  engines: AwsEndpoints,
  log: Log,
  teardown: Teardown,
): Promise<{ readonly access: Access; readonly endpoints: AwsEndpoints }> {
  const access = new Access(roles, log);
  const dynamodb = await startGate('dynamodb', engines.dynamodb, access);
  teardown.defer(() => dynamodb.stop());
  const sqs = await startGate('sqs', engines.sqs, access);
  teardown.defer(() => sqs.stop());
  return { access, endpoints: { dynamodb: dynamodb.endpoint, sqs: sqs.endpoint } };
}
