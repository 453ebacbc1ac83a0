import { Construct } from 'constructs';
import { Alarms } from './alarms.ts';
import { Dashboard } from './dashboard.ts';
import type { Monitored } from './monitored.ts';
import { SavedQueries } from './saved-queries.ts';

/** Alarms, a dashboard and saved log queries for the operator on call. `docs/runbook.md` explains how to use them. */
export class Monitoring extends Construct {
  constructor(scope: Construct, id: string, monitored: Monitored) {
    super(scope, id);
    // Saved queries cost nothing, so every stage has them.
    new SavedQueries(this, 'Queries', monitored);
    if (!monitored.config.monitoring) return;
    const { all } = new Alarms(this, 'Alarms', monitored);
    new Dashboard(this, 'Dashboard', monitored, all);
  }
}
