/** The settings of a stage with every optional part. */
export const EVERY_SETTING = {
  stage: 'prod',
  defaultProject: 'erp',
  retentionDays: 60,
  maxSubscriptionsPerProject: 20_000,
  writeFormat: 2,
  pointInTimeRecovery: true,
  warmThroughput: { readUnitsPerSecond: 20_000, writeUnitsPerSecond: 8000 },
  provisionedCapacity: {
    reads: { minimum: 20, maximum: 2000 },
    writes: { minimum: 50, maximum: 4000 },
  },
  lanes: { deliveries: { pollers: { minimum: 2, maximum: 20 } } },
  allowedPorts: [443, '8000-8999'],
  fixedEgress: { natGateways: 2 },
  publishers: {
    topics: ['arn:aws:sns:eu-west-1:123456789012:orders'],
    buses: [
      'arn:aws:events:eu-west-1:123456789012:event-bus/default',
      'arn:aws:events:eu-west-1:123456789012:event-bus/shop',
    ],
    accounts: ['111122223333'],
    organization: 'o-abcdefghij',
  },
  domain: {
    name: 'webhooks.example.com',
    certificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/a',
    hostedZone: { id: 'Z123', name: 'example.com' },
  },
  apiDomain: {
    name: 'api.example.com',
    certificateArn: 'arn:aws:acm:eu-west-1:123456789012:certificate/b',
    hostedZone: { id: 'Z123', name: 'example.com' },
  },
  throttling: { ratePerSecond: 500, burst: 800, testRatePerSecond: 5, testBurst: 5 },
  webAcl: 'managed',
  alarms: { email: 'ops@example.com' },
  logRetentionDays: 90,
  logLevel: 'WARN',
  tracing: true,
} as const;
