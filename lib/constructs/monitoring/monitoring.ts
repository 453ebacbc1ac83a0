import { Construct } from 'constructs';
import { Alarms } from './alarms.ts';
import { Dashboard } from './dashboard.ts';
import type { Monitored } from './monitored.ts';
import { SavedQueries } from './saved-queries.ts';

/** What whoever is on call looks at: alarms, a dashboard, and queries of the logs. `docs/runbook.md` leads through them. */
export class Monitoring extends Construct {
  constructor(scope: Construct, id: string, monitored: Monitored) {
    super(scope, id);
    // These cost nothing.
    new SavedQueries(this, 'Queries', monitored);
    if (!monitored.config.monitoring) return;
    const { all } = new Alarms(this, 'Alarms', monitored);
    new Dashboard(this, 'Dashboard', monitored, all);
  }
}
