import { Duration } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  Function as LambdaFunction,
  LoggingFormat,
  RecursiveLoop,
  Runtime,
  SystemLogLevel,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { ENV } from '../../core/contract.ts';
import type { StageConfig } from '../config.ts';
import { functionCode } from '../function-code.ts';
import { acknowledge } from './acknowledge.ts';
import { encryptedLog } from './customer-key.ts';
import type { FunctionNetwork } from './function-network.ts';
import { keeping } from './keeping.ts';

export interface AncrageFunctionProps {
  readonly config: StageConfig;
  /** Folder under `lambdas/`, which is also the function's name in its log group and in every other layer. */
  readonly name: string;
  /** One sentence for the Lambda console. */
  readonly description: string;
  /** @default 10 seconds, for functions behind the HTTP API */
  readonly timeout?: Duration;
  /** @default 256 MB */
  readonly memorySize?: number;
  /**
   * Whether messages that the function sends may invoke it again more than 16 times in a row. Lambda otherwise treats
   * this as an endless loop and drops the message:
   * https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html
   */
  readonly sendsToItself?: boolean;
  /** Whether the access log has a line for each of its invocations, so that Lambda's own lines about those that succeed say no more. */
  readonly answersRequests?: boolean;
  /** Instances that are kept for it, and no more. @default any number */
  readonly reservedConcurrency?: number | undefined;
  /** For functions that call hook URLs. @default Lambda's own network */
  readonly network?: FunctionNetwork | undefined;
}

/**
 * A function of `lambdas/<name>`: Node 24 on arm64, bundled and minified with its SDK, with its own log group and a
 * role that allows only writing there.
 */
export class AncrageFunction extends LambdaFunction {
  /** In MB. */
  readonly memorySize: number;
  /** The unique id of its role, `AROA…`, by which SQS knows it as a sender. */
  readonly roleId: string;

  constructor(scope: Construct, id: string, { config, network, ...props }: AncrageFunctionProps) {
    const { memorySize = 256 } = props;
    const logGroup = new LogGroup(scope, `${id}Logs`, {
      logGroupName: `/ancrage/${config.stage}/${props.name}`,
      retention: config.logRetentionDays,
      removalPolicy: keeping(config),
      ...encryptedLog(scope, config),
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
      ...(props.answersRequests && { systemLogLevelV2: SystemLogLevel.WARN }),
      ...(props.reservedConcurrency !== undefined && {
        reservedConcurrentExecutions: props.reservedConcurrency,
      }),
      ...(props.sendsToItself && { recursiveLoop: RecursiveLoop.ALLOW }),
      tracing: config.tracing ? Tracing.ACTIVE : Tracing.DISABLED,
      environment: {
        NODE_OPTIONS: '--enable-source-maps',
        POWERTOOLS_SERVICE_NAME: props.name,
        POWERTOOLS_LOG_LEVEL: config.logLevel,
        [ENV.stage]: config.stage,
        [ENV.writeFormat]: String(config.writeFormat),
        [ENV.projectLimits]: JSON.stringify(config.projectLimits),
      },
      ...network?.placement,
    });
    this.memorySize = memorySize;
    this.roleId = role.roleId;
    network?.admit(this);
    acknowledge(this, {
      'Serverless-LambdaDLQ':
        'Queues and the API invoke it synchronously. Only the sweeper is invoked asynchronously, and it runs again each minute.',
    });
    if (config.tracing)
      acknowledge(role, {
        'AwsSolutions-IAM5[Resource::*]':
          'X-Ray has no resources to name: PutTraceSegments and PutTelemetryRecords accept only *.',
      });
    else
      acknowledge(this, {
        'Serverless-LambdaTracing': 'Tracing is a setting; without it, ids in the log lines connect them.',
      });
  }

  /** Allow the function exactly these actions on this resource. */
  allow(actions: string[], resource: string): void {
    this.addToRolePolicy(new PolicyStatement({ actions, resources: [resource] }));
  }
}
