import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Architecture, Function as LambdaFunction, LoggingFormat, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { ENV } from '../../core/contract.ts';
import { bundledCode } from '../bundle.ts';
import type { StageConfig } from '../config.ts';

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
}

/** A function of `lambdas/<name>`: Node 24 on arm64, bundled and minified with its SDK, with a log group of its own. */
export class AncrageFunction extends LambdaFunction {
  constructor(scope: Construct, id: string, props: AncrageFunctionProps) {
    const logGroup = new LogGroup(scope, `${id}Logs`, {
      logGroupName: `/ancrage/${props.config.stage}/${props.name}`,
      retention: props.config.logRetentionDays,
      removalPolicy: props.config.retainData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    super(scope, id, {
      description: props.description,
      code: bundledCode(props.name),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: props.memorySize ?? 256,
      timeout: props.timeout ?? Duration.seconds(10),
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      environment: {
        NODE_OPTIONS: '--enable-source-maps',
        POWERTOOLS_SERVICE_NAME: props.name,
        POWERTOOLS_LOG_LEVEL: props.config.logLevel,
        [ENV.stage]: props.config.stage,
      },
    });
  }

  /** Adds just these actions on this resource to the function's role. */
  allow(actions: string[], resource: string): void {
    this.addToRolePolicy(new PolicyStatement({ actions, resources: [resource] }));
  }
}
