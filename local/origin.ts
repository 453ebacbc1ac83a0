import { join } from 'node:path';
import { ORIGIN_HEADER } from '../core/contract.ts';
import type { Access } from './access/access.ts';
import { type Distribution, startDistribution } from './engines/distribution.ts';
import { type Secrets, startSecrets } from './engines/secrets.ts';
import { LocalStackError } from './errors.ts';
import { type HttpServer, startHttpServer } from './http/http-server.ts';
import type { Teardown } from './teardown.ts';
import { resourcesOf, type Template } from './template.ts';

/** The stand-ins for what `apiOnlyBehindCloudFront` adds. Requests to the gateway's own port lack the header. */
export interface GuardedOrigin {
  readonly gateway: HttpServer;
  readonly secrets: Secrets;
  readonly distribution: Distribution;
}

/** @returns undefined if the template has no origin secret */
export async function startOrigin(
  template: Template,
  dataDir: string,
  access: Access,
  teardown: Teardown,
): Promise<GuardedOrigin | undefined> {
  const [secret] = resourcesOf(template, 'AWS::SecretsManager::Secret');
  if (secret === undefined) return undefined;
  const name = referencedName(template);
  const gateway = await startHttpServer(0);
  teardown.defer(() => gateway.stop());
  const secrets = await startSecrets(join(dataDir, 'origin-secret'), name, access);
  teardown.defer(() => secrets.stop());
  const header = { name: ORIGIN_HEADER, value: secrets.valueOf(name) };
  const distribution = await startDistribution(header, access);
  teardown.defer(() => distribution.stop());
  return { gateway, secrets, distribution };
}

interface Origins {
  readonly DistributionConfig: {
    readonly Origins: readonly {
      readonly OriginCustomHeaders?: readonly {
        readonly HeaderName: string;
        readonly HeaderValue: unknown;
      }[];
    }[];
  };
}

/**
 * Return the property of the secret to which the header's value in the template refers.
 *
 * @throws LocalStackError if it is no reference: the value would be in the template
 */
function referencedName(template: Template): string {
  const [distribution] = resourcesOf(template, 'AWS::CloudFront::Distribution');
  const properties = distribution?.[1].Properties as unknown as Origins | undefined;
  const headers = (properties?.DistributionConfig.Origins ?? []).flatMap(
    ({ OriginCustomHeaders = [] }) => OriginCustomHeaders,
  );
  const header = headers.find(({ HeaderName }) => HeaderName === ORIGIN_HEADER);
  const [, name] =
    /\{\{resolve:secretsmanager:.*:SecretString:(\w+)::\}\}/.exec(JSON.stringify(header?.HeaderValue)) ?? [];
  if (name === undefined) throw new LocalStackError('The distribution does not refer to the origin secret');
  return name;
}
