import { Duration } from 'aws-cdk-lib';
import {
  type Alarm,
  AlarmStatusWidget,
  Dashboard as CloudWatchDashboard,
  GraphWidget,
  type IWidget,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { nameInAccount } from '../name-in-account.ts';
import { costPanels } from './cost-panels.ts';
import type { Monitored } from './monitored.ts';
import { outcomePanels, waitingPanels } from './outcome-panels.ts';
import type { Panel } from './panel.ts';
import { apiPanels, functionPanels, queuePanels, tablePanels } from './resource-panels.ts';

const WIDTH = 24;
const HEIGHT = 6;

/** The dashboard of a stage: alarms first, then effects on users, possible causes, and cost. */
export class Dashboard extends Construct {
  constructor(scope: Construct, id: string, monitored: Monitored, alarms: readonly Alarm[]) {
    super(scope, id);
    const { stage } = monitored.config;
    const dashboard = new CloudWatchDashboard(this, 'Dashboard', {
      dashboardName: nameInAccount(stage),
      defaultInterval: Duration.hours(6),
    });
    const title = 'Alarms (docs/runbook.md has a section for each)';
    dashboard.addWidgets(new AlarmStatusWidget({ title, alarms: [...alarms], width: WIDTH, height: 4 }));
    const rows: Readonly<Record<string, readonly Panel[]>> = {
      'Events and attempts': outcomePanels(stage),
      'Waiting deliveries': waitingPanels(stage),
      Queues: queuePanels(monitored),
      Functions: functionPanels(monitored),
      'API and table': [...apiPanels(monitored), ...tablePanels(monitored)],
      'Cost drivers': costPanels(monitored),
    };
    for (const [heading, panels] of Object.entries(rows)) {
      dashboard.addWidgets(new TextWidget({ markdown: `## ${heading}`, width: WIDTH, height: 1 }));
      dashboard.addWidgets(...graphs(panels));
    }
  }
}

/** Place the graphs side by side over the whole width. */
const graphs = (panels: readonly Panel[]): IWidget[] =>
  panels.map((panel) => new GraphWidget({ ...panel, width: WIDTH / panels.length, height: HEIGHT }));
