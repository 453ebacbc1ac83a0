import { Duration } from 'aws-cdk-lib';
import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import {
  LambdaApplication,
  LambdaDeploymentConfig,
  LambdaDeploymentGroup,
  TrafficRouting,
} from 'aws-cdk-lib/aws-codedeploy';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';
import { acknowledge } from './acknowledge.ts';
import type { AncrageFunction } from './ancrage-function.ts';
import { alarmOf } from './monitoring/alarm.ts';
import { releaseWatch } from './monitoring/release-watch.ts';

export interface CanaryProps {
  readonly config: StageConfig;
  /** Those without an alias are released at once. */
  readonly functions: readonly AncrageFunction[];
}

/**
 * Moves the aliases of functions to the versions of a release in two steps, unless an alarm goes off in between. The functions shift
 * at the same time, but independently of each other.
 */
export class Canary extends Construct {
  /** They exist without `monitoring`, too. */
  readonly alarms: readonly Alarm[];

  constructor(scope: Construct, id: string, { config, functions }: CanaryProps) {
    super(scope, id);
    const { canary } = config;
    if (canary === undefined) {
      this.alarms = [];
      return;
    }
    const common = {
      application: new LambdaApplication(this, 'Application'),
      deploymentConfig: new LambdaDeploymentConfig(this, 'Steps', {
        trafficRouting: TrafficRouting.timeBasedCanary({
          percentage: canary.percentage,
          interval: Duration.minutes(canary.minutes),
        }),
      }),
      role: codeDeployRole(this, config.stage),
      // A stopped deployment would otherwise leave the alias between two versions, and the next one would fail:
      // https://docs.aws.amazon.com/codedeploy/latest/userguide/troubleshooting-deployments-lambda.html
      autoRollback: { failedDeployment: true, stoppedDeployment: true, deploymentInAlarm: true },
    };
    this.alarms = functions.flatMap((fn) => {
      const { alias } = fn;
      if (alias === undefined) return [];
      const alarm = alarmOf(this, `${fn.service}-release`, releaseWatch(config.stage, fn, alias), config);
      new LambdaDeploymentGroup(this, fn.node.id, { ...common, alias, alarms: [alarm] });
      return [alarm];
    });
  }
}

/** CodeDeploy's own policy lets it move any alias of the account, and read which alarms are on. */
function codeDeployRole(scope: Construct, stage: string): Role {
  const role = new Role(scope, 'Role', {
    assumedBy: new ServicePrincipal('codedeploy.amazonaws.com'),
    description: `Ancrage ${stage}: lets CodeDeploy move the aliases of functions`,
  });
  acknowledge(role, {
    'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSCodeDeployRoleForLambdaLimited]':
      'CodeDeploy does not document which actions a deployment needs; its smallest policy for Lambda has them all.',
  });
  return role;
}
