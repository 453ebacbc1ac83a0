import { Duration } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  Function as LambdaFunction,
  LoggingFormat,
  RecursiveLoop,
  Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { ENV } from '../../core/contract.ts';
import type { StageConfig } from '../config.ts';
import { functionCode } from '../function-code.ts';
import { acknowledge } from './acknowledge.ts';
import type { EgressNetwork } from './egress-network.ts';
import { keeping } from './keeping.ts';

export interface AncrageFunctionProps {
  readonly config: StageConfig;
  /** Folder under `lambdas/`, and the function's name in every layer. */
  readonly name: string;
  /** One sentence for the Lambda console. */
  readonly description: string;
  /** @default 10 seconds, for functions behind the HTTP API */
  readonly timeout?: Duration;
  /** @default 256 MB */
  readonly memorySize?: number;
  /**
   * What the function sends comes back to it, more often than the 16 times after which Lambda takes that for a loop
   * without an end and drops it: https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html
   */
  readonly sendsToItself?: boolean;
  /** For functions that call hook URLs. @default Lambda's own network */
  readonly network?: EgressNetwork | undefined;
}

/**
 * A function of `lambdas/<name>`: Node 24 on arm64, bundled and minified with its SDK, with a log group and a role of its
 * own that allows nothing but to write there.
 */
export class AncrageFunction extends LambdaFunction {
  /** In MB. */
  readonly memorySize: number;

  constructor(scope: Construct, id: string, { config, network, ...props }: AncrageFunctionProps) {
    const { memorySize = 256 } = props;
    const logGroup = new LogGroup(scope, `${id}Logs`, {
      logGroupName: `/ancrage/${config.stage}/${props.name}`,
      retention: config.logRetentionDays,
      removalPolicy: keeping(config),
    });
    const role = new Role(scope, `${id}Role`, {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      description: `Ancrage ${config.stage}: ${props.description}`,
    });
    logGroup.grantWrite(role);
    super(scope, id, {
      description: props.description,
      code: functionCode(props.name),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize,
      timeout: props.timeout ?? Duration.seconds(10),
      role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      ...(props.sendsToItself && { recursiveLoop: RecursiveLoop.ALLOW }),
      tracing: config.tracing ? Tracing.ACTIVE : Tracing.DISABLED,
      environment: {
        NODE_OPTIONS: '--enable-source-maps',
        POWERTOOLS_SERVICE_NAME: props.name,
        POWERTOOLS_LOG_LEVEL: config.logLevel,
        [ENV.stage]: config.stage,
      },
      ...network?.placement,
    });
    this.memorySize = memorySize;
    network?.admit(this);
    acknowledge(this, {
      'Serverless-LambdaDLQ':
        'Queues and the API call it at once; the one that is called asynchronously, the sweeper, is called again each minute.',
    });
    if (config.tracing)
      acknowledge(role, {
        'AwsSolutions-IAM5[Resource::*]':
          'X-Ray has no resources: PutTraceSegments and PutTelemetryRecords take none.',
      });
    else
      acknowledge(this, {
        'Serverless-LambdaTracing': 'A setting; the log lines join by their ids without it.',
      });
  }

  /** Adds just these actions on this resource to the function's role. */
  allow(actions: string[], resource: string): void {
    this.addToRolePolicy(new PolicyStatement({ actions, resources: [resource] }));
  }
}
