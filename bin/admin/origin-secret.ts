import { setTimeout as sleep } from 'node:timers/promises';
import type { DistributionConfig, OriginCustomHeader } from '@aws-sdk/client-cloudfront';
import type { Command } from 'commander';
import { ORIGIN_HEADER } from '../../core/contract.ts';
import { parseOriginSecret } from '../../core/model/origin-secret.ts';
import type { Context } from './context.ts';
import type { Deployment } from './deployment.ts';
import { AdminError } from './errors.ts';
import { type OriginRotationPorts, rotateOriginSecret } from './origin-rotation.ts';
import { printJson } from './print.ts';

export function addOriginSecretCommands(program: Command, { deployment, json }: Context): void {
  program
    .command('origin-secret')
    .description('the secret of a stage with apiOnlyBehindCloudFront')
    .command('rotate')
    .description('replace the secret that CloudFront sends to the API, without refusing a request')
    .addHelpText(
      'after',
      `
It takes some minutes, most of them for the distribution. If it was interrupted, run it again.
It needs secretsmanager:GetSecretValue and PutSecretValue on the secret, and cloudfront:GetDistribution and
UpdateDistribution on the distribution.

Examples:
  npm run admin -- origin-secret rotate
  npm run admin -- --stage prod origin-secret rotate`,
    )
    .action(async () => {
      const { origin } = deployment();
      if (origin === undefined)
        throw new AdminError(
          'The outputs have no origin secret: is apiOnlyBehindCloudFront set and deployed?',
        );
      await rotateOriginSecret({
        ...(await originPorts(origin)),
        wait: sleep,
        report: (line) => console.error(line),
      });
      if (json()) printJson({ rotated: true });
    });
}

/** Between two questions whether the distribution is deployed. */
const ASK_EVERY_MS = 5000;

/** Return the secret and the distribution of a stack, as a rotation uses them. */
async function originPorts({
  secretArn: SecretId,
  distributionId: Id,
  ...clients
}: NonNullable<Deployment['origin']>): Promise<Pick<OriginRotationPorts, 'secret' | 'distribution'>> {
  const [
    { GetSecretValueCommand, PutSecretValueCommand },
    { GetDistributionCommand, UpdateDistributionCommand },
  ] = await Promise.all([import('@aws-sdk/client-secrets-manager'), import('@aws-sdk/client-cloudfront')]);
  const [secrets, cloudfront] = await Promise.all([clients.secrets(), clients.cloudfront()]);
  const latest = async () => {
    const { Distribution, ETag } = await cloudfront.send(new GetDistributionCommand({ Id }));
    if (Distribution?.DistributionConfig === undefined)
      throw new AdminError(`There is no distribution ${Id}.`);
    return { status: Distribution.Status, config: Distribution.DistributionConfig, IfMatch: ETag };
  };
  return {
    secret: {
      async read() {
        const { SecretString = '' } = await secrets.send(new GetSecretValueCommand({ SecretId }));
        return parseOriginSecret(SecretString);
      },
      async write(secret) {
        const SecretString = JSON.stringify(secret);
        await secrets.send(new PutSecretValueCommand({ SecretId, SecretString }));
      },
    },
    distribution: {
      async value() {
        const values = new Set(originHeaders((await latest()).config).map(({ HeaderValue }) => HeaderValue));
        // Each path of the API has an origin. Several values: an update by hand.
        return values.size === 1 ? ([...values][0] ?? '') : '';
      },
      async send(value) {
        const { config, IfMatch } = await latest();
        for (const header of originHeaders(config)) header.HeaderValue = value;
        // The ETag makes this fail rather than undo what a deployment has changed meanwhile.
        await cloudfront.send(new UpdateDistributionCommand({ Id, IfMatch, DistributionConfig: config }));
      },
      async deployed() {
        while ((await latest()).status !== 'Deployed') await sleep(ASK_EVERY_MS);
      },
    },
  };
}

/** @throws AdminError if the distribution sends no such header */
function originHeaders(config: DistributionConfig): OriginCustomHeader[] {
  const headers = (config.Origins?.Items ?? [])
    .flatMap(({ CustomHeaders }) => CustomHeaders?.Items ?? [])
    .filter(({ HeaderName }) => HeaderName?.toLowerCase() === ORIGIN_HEADER);
  if (headers.length === 0)
    throw new AdminError(
      'The distribution sends no origin header: deploy the stage with apiOnlyBehindCloudFront.',
    );
  return headers;
}
