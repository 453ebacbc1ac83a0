import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { alarmOf } from './alarm.ts';
import { alarmActions } from './alarm-topic.ts';
import type { Monitored } from './monitored.ts';
import { watchesOf } from './watches.ts';

/**
 * The alarms. CloudWatch charges $0.10 a month for each of the 40 or so metrics that they watch, so metrics that
 * require no action are only on the dashboard.
 */
export class Alarms extends Construct {
  /** Includes those of the canary. */
  readonly all: readonly Alarm[];

  constructor(scope: Construct, id: string, monitored: Monitored) {
    super(scope, id);
    const { config, releaseAlarms } = monitored;
    const actions = alarmActions(this, config);
    const watches = Object.entries(watchesOf(monitored));
    this.all = [...watches.map(([name, watch]) => alarmOf(this, name, watch, config)), ...releaseAlarms];
    for (const alarm of this.all) {
      alarm.addAlarmAction(...actions);
      alarm.addOkAction(...actions);
    }
  }
}
