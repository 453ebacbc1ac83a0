import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import { Construct } from 'constructs';
import type { StageConfig } from '../../config.ts';
import { STAGE_TAG } from '../govern.ts';
import { nameInAccount } from '../name-in-account.ts';

/** Of the budget: what was spent, and what AWS expects for the whole month. */
const NOTIFY_AT = [
  ['ACTUAL', 80],
  ['ACTUAL', 100],
  ['FORECASTED', 100],
] as const;

/** A budget for what has the tag of the stage. AWS looks a few times a day at costs that are hours old. */
export class Budget extends Construct {
  constructor(scope: Construct, id: string, amount: number, { stage, alarms }: StageConfig) {
    super(scope, id);
    const subscribers = [
      { subscriptionType: 'EMAIL', address: alarms.email },
      { subscriptionType: 'SNS', address: alarms.topicArn },
    ].flatMap(({ subscriptionType, address }) =>
      address === undefined ? [] : [{ subscriptionType, address }],
    );
    new CfnBudget(this, 'Budget', {
      budget: {
        budgetName: nameInAccount(stage),
        budgetType: 'COST',
        timeUnit: 'MONTHLY',
        budgetLimit: { amount, unit: 'USD' },
        costFilters: { TagKeyValue: [`user:${STAGE_TAG}$${stage}`] },
      },
      notificationsWithSubscribers: NOTIFY_AT.map(([notificationType, threshold]) => ({
        notification: {
          notificationType,
          threshold,
          thresholdType: 'PERCENTAGE',
          comparisonOperator: 'GREATER_THAN',
        },
        subscribers,
      })),
    });
  }
}
