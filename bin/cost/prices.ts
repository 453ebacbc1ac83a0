/**
 * AWS's public list prices in US dollars, without taxes, volume tiers and savings plans. `seen` names the page that
 * confirmed a price and the month; null means that the price was taken from AWS's price list and no page confirms it.
 * Check AWS's page before you rely on a price.
 */

export const REGIONS = ['us-east-1', 'eu-west-1'] as const;
export type Region = (typeof REGIONS)[number];

interface Seen {
  readonly page: string;
  readonly month: string;
}

export interface Price {
  readonly name: string;
  readonly unit: string;
  readonly usd: Readonly<Record<Region, number>>;
  /** Number of units that the price covers. */
  readonly per: number;
  /** Units per month that are free for every account, however old it is. */
  readonly free: number;
  /** AWS's pricing page. */
  readonly source: string;
  /** Page that confirms the price of us-east-1, and of eu-west-1 if it says "all regions". */
  readonly seen: Seen | null;
}

const MILLION = 1_000_000;
export const HOURS_PER_MONTH = 730;
const both = (usd: number) => ({ 'us-east-1': usd, 'eu-west-1': usd });
const each = (virginia: number, ireland: number) => ({ 'us-east-1': virginia, 'eu-west-1': ireland });
const aws = (service: string) => `https://aws.amazon.com/${service}/pricing/`;
const seen = (page: string, month: string): Seen => ({ page, month });

const SQS = seen('https://cloudburn.io/blog/amazon-sqs-pricing', '2026-03');
const LAMBDA = seen('https://cloudchipr.com/blog/aws-lambda-pricing', '2024');
const DYNAMODB = seen('https://airbyte.com/data-engineering-resources/dynamodb-pricing', '2025-07');
const CLOUDWATCH = seen(
  'https://www.factualminds.com/blog/amazon-cloudwatch-pricing-metrics-logs-alarms-dashboards/',
  '2026-06',
);
const EVENTBRIDGE = seen('https://cloudburn.io/blog/amazon-eventbridge-pricing (all regions)', '2026-03');
const API_GATEWAY = seen('https://www.apigatewaycost.com/aws', '2026');

export const PRICES = {
  sqsRequests: {
    name: 'SQS requests, by 64 KB',
    unit: 'request',
    usd: both(0.4),
    per: MILLION,
    free: MILLION,
    source: aws('sqs'),
    seen: SQS,
  },
  sqsFairRequests: {
    name: 'SQS fair queues, surcharge',
    unit: 'request',
    usd: both(0.1),
    per: MILLION,
    free: 0,
    source: aws('sqs'),
    seen: SQS,
  },
  lambdaRequests: {
    name: 'Lambda invocations',
    unit: 'invocation',
    usd: both(0.2),
    per: MILLION,
    free: MILLION,
    source: aws('lambda'),
    seen: LAMBDA,
  },
  lambdaGbSeconds: {
    name: 'Lambda compute time, arm64',
    unit: 'GB-second',
    usd: both(0.000_013_333_4),
    per: 1,
    free: 400_000,
    source: aws('lambda'),
    seen: LAMBDA,
  },
  dynamodbWrites: {
    name: 'DynamoDB write units',
    unit: 'WRU',
    usd: each(0.625, 0.705),
    per: MILLION,
    free: 0,
    source: aws('dynamodb'),
    seen: DYNAMODB,
  },
  dynamodbReads: {
    name: 'DynamoDB read units',
    unit: 'RRU',
    usd: each(0.125, 0.141),
    per: MILLION,
    free: 0,
    source: aws('dynamodb'),
    seen: DYNAMODB,
  },
  dynamodbWriteCapacity: {
    name: 'DynamoDB provisioned writes',
    unit: 'WCU-hour',
    usd: each(0.00065, 0.000735),
    per: 1,
    free: 25 * HOURS_PER_MONTH,
    source: 'https://aws.amazon.com/dynamodb/pricing/provisioned/',
    seen: null,
  },
  dynamodbReadCapacity: {
    name: 'DynamoDB provisioned reads',
    unit: 'RCU-hour',
    usd: each(0.00013, 0.000147),
    per: 1,
    free: 25 * HOURS_PER_MONTH,
    source: 'https://aws.amazon.com/dynamodb/pricing/provisioned/',
    seen: null,
  },
  dynamodbStorage: {
    name: 'DynamoDB storage',
    unit: 'GB-month',
    usd: each(0.25, 0.283),
    per: 1,
    free: 25,
    source: aws('dynamodb'),
    seen: null,
  },
  dynamodbRecovery: {
    name: 'DynamoDB point-in-time recovery',
    unit: 'GB-month',
    usd: each(0.2, 0.224),
    per: 1,
    free: 0,
    source: aws('dynamodb'),
    seen: null,
  },
  httpApiRequests: {
    name: 'HTTP API requests, by 512 KB',
    unit: 'request',
    usd: each(1, 1.11),
    per: MILLION,
    free: 0,
    source: aws('api-gateway'),
    seen: API_GATEWAY,
  },
  logsIngested: {
    name: 'CloudWatch logs ingested',
    unit: 'GB',
    usd: each(0.5, 0.57),
    per: 1,
    free: 5,
    source: aws('cloudwatch'),
    seen: CLOUDWATCH,
  },
  logsStored: {
    name: 'CloudWatch logs stored',
    unit: 'GB-month',
    usd: both(0.03),
    per: 1,
    free: 5,
    source: aws('cloudwatch'),
    seen: seen('https://hykell.com/knowledge-base/aws-cloudwatch-logs-pricing', '2026'),
  },
  customMetrics: {
    name: 'CloudWatch custom metrics',
    unit: 'metric-month',
    usd: both(0.3),
    per: 1,
    free: 10,
    source: aws('cloudwatch'),
    seen: seen('https://signoz.io/guides/cloudwatch-pricing', '2026-02'),
  },
  alarms: {
    name: 'CloudWatch alarms, by metric',
    unit: 'metric-month',
    usd: both(0.1),
    per: 1,
    free: 10,
    source: aws('cloudwatch'),
    seen: CLOUDWATCH,
  },
  dashboards: {
    name: 'CloudWatch dashboards',
    unit: 'dashboard-month',
    usd: both(3),
    per: 1,
    // Three dashboards of up to 50 metrics are free; ours has more.
    free: 0,
    source: aws('cloudwatch'),
    seen: CLOUDWATCH,
  },
  egress: {
    name: 'Data transfer out to the internet',
    unit: 'GB',
    usd: both(0.09),
    per: 1,
    free: 100,
    source: 'https://aws.amazon.com/ec2/pricing/on-demand/#Data_Transfer',
    seen: API_GATEWAY,
  },
  cloudFrontRequests: {
    name: 'CloudFront requests (console)',
    unit: 'request',
    usd: each(1, 1.2),
    per: MILLION,
    free: 10 * MILLION,
    source: aws('cloudfront'),
    seen: null,
  },
  natHours: {
    name: 'NAT gateway (only in a VPC)',
    unit: 'hour',
    usd: each(0.045, 0.048),
    per: 1,
    free: 0,
    source: aws('vpc'),
    seen: null,
  },
  natData: {
    name: 'NAT gateway data (only in a VPC)',
    unit: 'GB',
    usd: each(0.045, 0.048),
    per: 1,
    free: 0,
    source: aws('vpc'),
    seen: null,
  },
  wafRules: {
    name: 'WAF rules (if you add one)',
    unit: 'rule-month',
    usd: both(1),
    per: 1,
    free: 0,
    source: aws('waf'),
    seen: null,
  },
  wafAcls: {
    name: 'WAF web ACL (if you add one)',
    unit: 'ACL-month',
    usd: both(5),
    per: 1,
    free: 0,
    source: aws('waf'),
    seen: null,
  },
  wafRequests: {
    name: 'WAF requests (if you add one)',
    unit: 'request',
    usd: both(0.6),
    per: MILLION,
    free: 0,
    source: aws('waf'),
    seen: null,
  },
} as const satisfies Record<string, Price>;

export type Item = keyof typeof PRICES;
export const ITEMS = Object.keys(PRICES) as Item[];

/** Prices for the comparison: an event on a custom bus, and its delivery by an API destination. */
export const EVENTBRIDGE_PRICES = { customEvents: 1, apiDestinations: 0.2, per: MILLION, seen: EVENTBRIDGE };
