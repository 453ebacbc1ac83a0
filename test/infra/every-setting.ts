/** The settings of a stage with every optional part. */
export const EVERY_SETTING = {
  stage: 'prod',
  defaultProject: 'erp',
  retentionDays: 60,
  maxSubscriptionsPerProject: 20_000,
  projectLimits: {
    eventsPerSecond: 50,
    burst: 100,
    megabytesPerDay: 5,
    loggedMegabytesPerDay: 0,
    keys: 10,
    eventTypes: 20,
    tests: 3,
    jobs: 2,
  },
  writeFormat: 2,
  encryptionKeyArn: 'arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab',
  eventsQueueKeyArn: 'arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890cd',
  pointInTimeRecovery: true,
  exports: { everyDays: 1, keepDays: 90 },
  warmThroughput: { readUnitsPerSecond: 20_000, writeUnitsPerSecond: 8000 },
  provisionedCapacity: {
    reads: { minimum: 20, maximum: 2000 },
    writes: { minimum: 50, maximum: 4000 },
  },
  lanes: { deliveries: { pollers: { minimum: 2, maximum: 20 } } },
  allowedPorts: [443, '8000-8999'],
  reservedConcurrency: { publish: 50, authorize: 60 },
  canary: { percentage: 5, minutes: 30 },
  fixedEgress: { natGateways: 2, availabilityZones: ['eu-west-1a', 'eu-west-1c'] },
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
  runbookBaseUrl: 'https://wiki.example.com/ancrage/runbook',
  monthlyBudget: 200,
  tags: { team: 'platform', 'cost-centre': '4711' },
  permissionsBoundary: 'arn:aws:iam::123456789012:policy/boundary',
  terminationProtection: false,
  logRetentionDays: 90,
  logLevel: 'WARN',
  tracing: true,
} as const;

const { apiDomain: _, fixedEgress: __, ...compatible } = EVERY_SETTING;

/** The same with the settings that exclude `apiDomain` and `fixedEgress`. */
export const BEHIND_CLOUDFRONT = {
  ...compatible,
  apiOnlyBehindCloudFront: true,
  network: {
    vpcId: 'vpc-0123456789abcdef0',
    subnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
    routeTableIds: ['rtb-0123456789abcdef0'],
    privateReceivers: ['10.20.0.0/16', 'fd12:3456::/48'],
  },
} as const;
