import { Duration } from 'aws-cdk-lib';
import type { GraphWidgetProps, IMetric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';

/** A graph without its size, which the dashboard sets. A row holds two, three, four or six graphs. */
export type Panel = Omit<GraphWidgetProps, 'width' | 'height'>;

export const FIVE_MINUTES: MetricOptions = { period: Duration.minutes(5) };

/** Return a graph whose axis starts at zero, for counts and times. */
export const panel = (title: string, left: IMetric[], label?: string): Panel => ({
  title,
  left,
  leftYAxis: { min: 0, showUnits: false, ...(label !== undefined && { label }) },
});
