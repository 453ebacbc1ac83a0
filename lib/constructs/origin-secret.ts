import { type CfnResource, RemovalPolicy } from 'aws-cdk-lib';
import type { Distribution } from 'aws-cdk-lib/aws-cloudfront';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { ENV } from '../../core/contract.ts';
import { acknowledge } from './acknowledge.ts';
import type { AncrageFunction } from './ancrage-function.ts';

/** The secret by which the API recognises requests that came through CloudFront. `npm run admin -- origin-secret rotate` rotates it. */
export class OriginSecret extends Construct {
  readonly arn: string;
  /** The header's value, as a reference that CloudFormation resolves whenever it changes the distribution. */
  readonly headerValue: string;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const secret = new Secret(this, 'Secret', {
      description: 'Header that CloudFront sends to the API',
      // Any change here replaces the value during a deployment, before the distribution and the functions know it.
      generateSecretString: {
        secretStringTemplate: '{}',
        generateStringKey: 'current',
        passwordLength: 43,
        excludePunctuation: true,
      },
      removalPolicy: RemovalPolicy.DESTROY,
    });
    acknowledge(secret, {
      'AwsSolutions-SMG4':
        'A rotation has to wait for the distribution, which takes minutes: a command of admin rotates it.',
    });
    this.arn = secret.secretArn;
    this.headerValue = secret.secretValueFromJson('current').unsafeUnwrap();
  }

  /** Have a function refuse requests without the header. */
  guard(fn: AncrageFunction): void {
    fn.addEnvironment(ENV.originSecretArn, this.arn);
    fn.allow(['secretsmanager:GetSecretValue'], this.arn);
  }
}

/**
 * Order the deployment of the functions that check the header and of the distribution that sends it, so that switching the
 * setting on or off refuses no request: CloudFront sends the header before they demand it, and until they no longer do.
 */
export function deployInOrder(
  secret: OriginSecret | undefined,
  functions: readonly AncrageFunction[],
  distribution: Distribution,
): void {
  const sender = distribution.node.defaultChild as CfnResource;
  for (const fn of functions) {
    const checker = fn.node.defaultChild as CfnResource;
    if (secret === undefined) sender.node.addDependency(checker);
    else checker.node.addDependency(sender);
  }
}
