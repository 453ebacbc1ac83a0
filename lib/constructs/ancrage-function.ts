import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Alias,
  Architecture,
  type IFunction,
  type IVersion,
  Function as LambdaFunction,
  LoggingFormat,
  RecursiveLoop,
  Runtime,
  SystemLogLevel,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { ENV, TRACED_FUNCTIONS } from '../../core/contract.ts';
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
  /** Whether `canary` releases it. @default false */
  readonly inCanary?: boolean;
  /** For functions that call hook URLs. @default Lambda's own network */
  readonly network?: FunctionNetwork | undefined;
}

/** An alias has the same name on every function that has one, so that an operator can guess its ARN. */
const ALIAS_NAME = 'live';

/**
 * A function of `lambdas/<name>`: Node 24 on arm64, bundled and minified with its SDK, with its own log group and a
 * role that allows only writing there.
 */
export class AncrageFunction extends LambdaFunction {
  /** Folder under `lambdas/`. */
  readonly service: string;
  /** In MB. */
  readonly memorySize: number;
  /** The unique id of its role, `AROA…`, by which SQS knows it as a sender. */
  readonly roleId: string;
  /** Whether `canary` releases it. */
  readonly inCanary: boolean;
  /** The alias that moves from version to version in a canary. Undefined if the latest code runs at once. */
  readonly alias: Alias | undefined;

  constructor(scope: Construct, id: string, { config, network, ...props }: AncrageFunctionProps) {
    const { memorySize = 256 } = props;
    const { tracing } = config;
    const otlp = typeof tracing === 'object' && TRACED_FUNCTIONS.includes(props.name) ? tracing : undefined;
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
      code: functionCode(props.name, otlp === undefined ? 'plain' : 'traced'),
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
      tracing: tracing === true ? Tracing.ACTIVE : Tracing.DISABLED,
      // The invocations of a version may outlast its release, and an operator may want to go back to it. A version that failed goes
      // with the rollback, because Lambda publishes no second one of the same code when the release is tried again.
      currentVersionOptions: { removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE },
      environment: {
        NODE_OPTIONS: '--enable-source-maps',
        POWERTOOLS_SERVICE_NAME: props.name,
        POWERTOOLS_LOG_LEVEL: config.logLevel,
        [ENV.stage]: config.stage,
        [ENV.writeFormat]: String(config.writeFormat),
        [ENV.projectLimits]: JSON.stringify(config.projectLimits),
        ...(otlp && { [ENV.otlp]: JSON.stringify(otlp) }),
      },
      ...network?.placement,
    });
    this.service = props.name;
    this.memorySize = memorySize;
    this.roleId = role.roleId;
    network?.admit(this);
    // The CDK's classes and interfaces differ under exactOptionalPropertyTypes.
    this.inCanary = props.inCanary ?? false;
    this.alias =
      this.inCanary && config.canary !== undefined
        ? new Alias(this, 'Live', { aliasName: ALIAS_NAME, version: this.currentVersion as IVersion })
        : undefined;
    acknowledge(this, {
      'Serverless-LambdaDLQ':
        'Queues and the API invoke it synchronously. Only the sweeper is invoked asynchronously, and it runs again each minute.',
    });
    if (tracing === true)
      acknowledge(role, {
        'AwsSolutions-IAM5[Resource::*]':
          'X-Ray has no resources to name: PutTraceSegments and PutTelemetryRecords accept only *.',
      });
    else
      acknowledge(this, {
        'Serverless-LambdaTracing': 'Tracing is a setting; without it, ids in the log lines connect them.',
      });
  }

  /** What queues and routes invoke. */
  get invoked(): IFunction {
    return (this.alias as IFunction | undefined) ?? this;
  }

  /** Allow the function exactly these actions on this resource. */
  allow(actions: string[], resource: string): void {
    this.addToRolePolicy(new PolicyStatement({ actions, resources: [resource] }));
  }
}
