import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { alarmActions } from './alarm-topic.ts';
import type { Monitored } from './monitored.ts';
import { type Watch, watchesOf } from './watches.ts';

/** The name of each alarm, without the stage prefix, is a heading of this file. */
const RUNBOOK = 'docs/runbook.md';

/**
 * The alarms. CloudWatch charges $0.10 a month for each of the 32 or so metrics that they watch, so metrics that
 * require no action are only on the dashboard.
 */
export class Alarms extends Construct {
  readonly all: readonly Alarm[];

  constructor(scope: Construct, id: string, monitored: Monitored) {
    super(scope, id);
    const { config } = monitored;
    const actions = alarmActions(this, config);
    this.all = Object.entries(watchesOf(monitored)).map(([name, watch]) => {
      const [datapointsToAlarm, evaluationPeriods] = watch.periods ?? [1, 1];
      const alarm = new Alarm(this, name, {
        alarmName: `ancrage-${config.stage}-${name}`,
        alarmDescription: `${watch.description} What to do: ${config.runbookBaseUrl ?? RUNBOOK}#${name}`,
        metric: watch.metric,
        evaluationPeriods,
        datapointsToAlarm,
        ...limitOf(watch),
      });
      alarm.addAlarmAction(...actions);
      alarm.addOkAction(...actions);
      return alarm;
    });
  }
}

function limitOf(watch: Watch) {
  if ('below' in watch)
    return {
      threshold: watch.below,
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      treatMissingData: TreatMissingData.BREACHING,
    };
  return {
    threshold: watch.atLeast,
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    treatMissingData: TreatMissingData.NOT_BREACHING,
  };
}
