import { Duration } from 'aws-cdk-lib';
import type { GraphWidgetProps, IMetric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';

/** A graph of the dashboard; its place is the dashboard's. Two, three, four or six make a row. */
export type Panel = Omit<GraphWidgetProps, 'width' | 'height'>;

export const FIVE_MINUTES: MetricOptions = { period: Duration.minutes(5) };

/** Graphs of counts and times begin at nothing. */
export const panel = (title: string, left: IMetric[], label?: string): Panel => ({
  title,
  left,
  leftYAxis: { min: 0, showUnits: false, ...(label !== undefined && { label }) },
});
