import { Annotations } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { Alarms } from './alarms.ts';
import { Budget } from './budget.ts';
import { Dashboard } from './dashboard.ts';
import type { Monitored } from './monitored.ts';
import { SavedQueries } from './saved-queries.ts';

/** Alarms, a dashboard and saved log queries for the operator on call. `docs/runbook.md` explains how to use them. */
export class Monitoring extends Construct {
  constructor(scope: Construct, id: string, monitored: Monitored) {
    super(scope, id);
    // Saved queries cost nothing, so every stage has them.
    new SavedQueries(this, 'Queries', monitored);
    const { monitoring, monthlyBudget, alarms } = monitored.config;
    if (monthlyBudget !== undefined) new Budget(this, 'Budget', monthlyBudget, monitored.config);
    if (!monitoring) return;
    if (Object.keys(alarms).length === 0)
      Annotations.of(this).addWarningV2(
        'ancrage:alarms',
        'Nobody is notified of alarms: set "alarms" to {"email": "…"} or {"topicArn": "…"}.',
      );
    const { all } = new Alarms(this, 'Alarms', monitored);
    new Dashboard(this, 'Dashboard', monitored, all);
  }
}
