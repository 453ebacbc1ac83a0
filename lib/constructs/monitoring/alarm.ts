import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { StageConfig } from '../../config.ts';
import type { Watch } from './watches.ts';

/** The name of each alarm, without the stage prefix, is a heading of this file. */
const RUNBOOK = 'docs/runbook.md';

/** Create an alarm, which notifies nobody yet. */
export function alarmOf(
  scope: Construct,
  name: string,
  watch: Watch,
  { stage, runbookBaseUrl = RUNBOOK }: Pick<StageConfig, 'stage' | 'runbookBaseUrl'>,
): Alarm {
  const [datapointsToAlarm, evaluationPeriods] = watch.periods ?? [1, 1];
  return new Alarm(scope, name, {
    alarmName: `ancrage-${stage}-${name}`,
    alarmDescription: `${watch.description} What to do: ${runbookBaseUrl}#${name}`,
    metric: watch.metric,
    evaluationPeriods,
    datapointsToAlarm,
    ...limitOf(watch),
  });
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
