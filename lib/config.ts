import { Token } from 'aws-cdk-lib';
import ipaddr from 'ipaddr.js';
import * as z from 'zod';
import { type DestinationPolicy, LANES, PUBLIC_DESTINATIONS } from '../core/contract.ts';
import type { AncrageSettings } from './settings.ts';

/** The spaces of private addresses: RFC 1918, RFC 6598 (also used in VPCs) and RFC 4193, by ipaddr.js's names. */
const PRIVATE_SPACES = ['private', 'carrierGradeNat', 'uniqueLocal'];
/** Instance metadata and other services of AWS: https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html */
const SERVICES_OF_AWS = ipaddr.IPv6.parseCIDR('fd00:ec2::/32');

/** The retention periods that CloudWatch Logs accepts, up to a year. */
const LOG_RETENTION_DAYS = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365];

/** Stages whose data is deleted with the stack by default; every other stage keeps its data. */
const EPHEMERAL_STAGES = new Set(['dev', 'local']);

const whole = (min: number, max: number) =>
  z.coerce
    .number()
    .int('must be a whole number')
    .min(min, `must be at least ${min}`)
    .max(max, `must be at most ${max}`);
const flag = () => z.union([z.boolean(), z.stringbool()], 'must be true or false');
const BASE_URL = 'must be an http or https URL without user, query and fragment';

/** Whether paths can be appended to a URL that holds no credential: anybody who may see the functions can read it. */
function isBaseUrl(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || !['http:', 'https:'].includes(url.protocol)) return false;
  return [url.username, url.password, url.search, url.hash].every((part) => part === '');
}
/**
 * Accept unresolved tokens: only CloudFormation knows the value of, say, the ARN of a certificate that the app creates.
 */
const matching = (pattern: RegExp, what: string) =>
  z
    .string(`must be ${what}`)
    .refine((text) => Token.isUnresolved(text) || pattern.test(text), `must be ${what}`);
const arn = (service: string, what: string, region = '[a-z0-9-]+') =>
  matching(new RegExp(`^arn:aws[a-z-]*:${service}:${region}:\\d{12}:.+$`), `the ARN of ${what}`);

const kmsKeyArn = matching(
  /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/(mrk-[0-9a-f]{32}|[0-9a-f-]{36})$/,
  'the ARN of a KMS key',
);

/** Return why receivers may not be in a range of addresses, or undefined. */
function faultOfRange(range: string): string | undefined {
  if (!ipaddr.isValidCIDR(range)) return 'must be a range of addresses, such as 10.20.0.0/16';
  const [address, length] = ipaddr.parseCIDR(range);
  const family = address instanceof ipaddr.IPv6 ? ipaddr.IPv6 : ipaddr.IPv4;
  const [first, last] = [family.networkAddressFromCIDR(range), family.broadcastAddressFromCIDR(range)];
  if (first.toString() !== address.toString()) return `must begin at ${first}/${length}`;
  const spaces = [first.range(), last.range()];
  if (spaces[0] !== spaces[1] || !PRIVATE_SPACES.includes(String(spaces[0])))
    return 'must lie in one space of private addresses: 10/8, 172.16/12, 192.168/16, 100.64/10 or fc00::/7';
  const [aws, awsLength] = SERVICES_OF_AWS;
  if (address instanceof ipaddr.IPv6 && address.match(aws, Math.min(length, awsLength)))
    return 'must not contain fd00:ec2::/32, where services of AWS are';
  return undefined;
}

const privateRange = z.string('must be a range of addresses').superRefine((range, context) => {
  const message = faultOfRange(range);
  if (message !== undefined) context.addIssue({ code: 'custom', message });
});

const ids = (prefix: string, what: string, most: number) =>
  z
    .array(matching(new RegExp(`^${prefix}-[0-9a-f]{8,17}$`), `the id of ${what} (${prefix}-…)`))
    .min(1, 'must not be empty')
    .max(most, `must be at most ${most}`);

/** AWS allows 50 tags of a resource, and the CDK adds some. */
const MAX_TAGS = 40;
/** https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html */
const TAG = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

const isTag = ([key, value]: [string, string]): boolean =>
  TAG.test(key) && TAG.test(value) && key !== '' && key.length <= 128 && value.length <= 256;

const tags = z
  .record(z.string(), z.string('must be a text'))
  .superRefine((given, context) => {
    const entries = Object.entries(given);
    if (entries.length > MAX_TAGS)
      context.addIssue({ code: 'custom', message: `must be at most ${MAX_TAGS}` });
    for (const [key, value] of entries)
      if (/^aws:/i.test(key) || !isTag([key, value]))
        context.addIssue({
          code: 'custom',
          path: [key],
          message:
            'must be a tag: 1 to 128 and up to 256 letters, digits, spaces and _.:/=+-@, not beginning with aws:',
        });
  })
  .default({});

const MINIMUM_ABOVE_MAXIMUM = 'must not have a minimum above its maximum';

/** A new account may have ten concurrent executions, and AWS accepts no smaller lane. */
const DEV_LANES = Object.fromEntries(LANES.map((name) => [name, { maxConcurrency: 2 }]));

/** AWS allows 50 principals and 8 KB in the policy of a queue, part of which is ours. */
const MAX_ACCOUNTS = 40;
const MAX_POLICY_BYTES = 7000;

/** Return about how many bytes of the queue's policy the publishers take: a statement for each bus, and lists of the others. */
const policyBytes = (given: { topics: string[]; buses: string[]; accounts: string[] }): number =>
  given.topics.join('","').length +
  given.buses.join().length +
  350 * given.buses.length +
  80 * given.accounts.length;

const lane = (maxConcurrency: number) =>
  z
    .strictObject({
      maxConcurrency: whole(2, 1000).optional(),
      pollers: z
        .strictObject({ minimum: whole(2, 200), maximum: whole(2, 2000) })
        .refine(({ minimum, maximum }) => minimum <= maximum, MINIMUM_ABOVE_MAXIMUM)
        .optional(),
    })
    .refine(
      (lane) => lane.maxConcurrency === undefined || lane.pollers === undefined,
      'must have either maxConcurrency or pollers: AWS does not accept both',
    )
    .default({ maxConcurrency });

const capacity = z
  .strictObject({ minimum: whole(1, 40_000), maximum: whole(1, 40_000) })
  .refine(({ minimum, maximum }) => minimum <= maximum, MINIMUM_ABOVE_MAXIMUM);

const domain = (certificate: z.ZodType<string>) =>
  z.strictObject({
    name: matching(/^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}$/, 'a domain name'),
    certificateArn: certificate,
    hostedZone: z
      .strictObject({ id: matching(/^Z[A-Z0-9]+$/, 'the id of a hosted zone'), name: z.string() })
      .optional(),
  });

/** The alarms need about four minutes to see a fault, and nobody can deploy anything else meanwhile. */
const canary = z.union(
  [flag(), z.strictObject({ percentage: whole(1, 99).default(10), minutes: whole(5, 120).default(10) })],
  'must be true, false, or {"percentage": …, "minutes": …}',
);
const DEFAULT_CANARY = { percentage: 10, minutes: 10 };

/** Parse a port such as `443` to `[443, 443]`, and a range such as `8000-8999` to its bounds. */
const ports = z.union([z.number(), z.string()]).transform((given, context): [number, number] => {
  const [, first = '', last = first] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(String(given).trim()) ?? [];
  const range: [number, number] = [Number(first), Number(last)];
  if (first === '' || range[0] < 1 || range[1] > 65535 || range[0] > range[1])
    context.issues.push({ code: 'custom', input: given, message: 'must be a port or a range of ports' });
  return range;
});

const settingsSchema = z
  .strictObject({
    stage: matching(
      /^[a-z][a-z0-9-]{0,19}$/,
      '1 to 20 lower-case letters, digits and hyphens, starting with a letter',
    ),
    defaultProject: matching(/^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$/, 'a project id').optional(),
    retentionDays: whole(7, 3650).default(30),
    maxSubscriptionsPerProject: whole(1, 1_000_000).default(10_000),
    projectLimits: z
      .strictObject({
        eventsPerSecond: whole(1, 100_000).default(100),
        // A request may have 100 events.
        burst: whole(100, 1_000_000).default(5000),
        megabytesPerDay: whole(1, 10_000_000).default(10_000),
        loggedMegabytesPerDay: whole(0, 1_000_000).default(100),
        keys: whole(1, 100_000).default(100),
        eventTypes: whole(1, 100_000).default(1000),
        tests: whole(1, 100).default(5),
        jobs: whole(1, 1000).default(20),
      })
      .prefault({}),
    writeFormat: z.coerce
      .number()
      .pipe(z.union([z.literal(1), z.literal(2)], 'must be 1 or 2'))
      .default(1),
    encryptionKey: flag().optional(),
    encryptionKeyArn: kmsKeyArn.optional(),
    eventsQueueKeyArn: kmsKeyArn.optional(),
    retainData: flag().optional(),
    tableName: matching(/^[A-Za-z0-9_.-]{3,255}$/, 'the name of a table').optional(),
    largeBodiesBucketName: matching(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'the name of a bucket').optional(),
    pointInTimeRecovery: flag().optional(),
    exports: z
      .strictObject({ everyDays: whole(1, 90).default(7), keepDays: whole(1, 3650).default(30) })
      .optional(),
    warmThroughput: z
      .strictObject({
        readUnitsPerSecond: whole(12_000, 4_000_000),
        writeUnitsPerSecond: whole(4000, 4_000_000),
      })
      .optional(),
    provisionedCapacity: z.strictObject({ reads: capacity, writes: capacity }).optional(),
    lanes: z
      .strictObject({
        events: lane(20),
        internal: lane(20),
        deliveries: lane(200),
        retries: lane(50),
        pumps: lane(50),
      })
      .prefault({}),
    reservedConcurrency: z
      .strictObject({ publish: whole(1, 10_000).optional(), authorize: whole(1, 10_000).optional() })
      .default({}),
    canary: canary.optional(),
    allowedPorts: z
      .array(ports)
      .min(1, 'must not be empty')
      .default(PUBLIC_DESTINATIONS.allowedPorts.map(([first, last]): [number, number] => [first, last])),
    allowLocalDestinations: flag().default(false),
    fixedEgress: z
      .strictObject({
        natGateways: whole(1, 3),
        cidr: z
          .cidrv4('must be an IPv4 range in CIDR notation')
          // AWS accepts no larger network, and the subnets of three zones do not fit into a smaller one.
          .refine((range) => /\/1[678]$/.test(range), 'must be between /16 and /18')
          .default('10.0.0.0/16'),
        availabilityZones: z
          .array(matching(/^[a-z]{2}(-[a-z]+)+-\d[a-z]$/, 'an availability zone'))
          .optional(),
      })
      .refine(
        ({ natGateways, availabilityZones: zones }) => zones === undefined || zones.length === natGateways,
        { path: ['availabilityZones'], error: 'must be as many as there are NAT gateways' },
      )
      .optional(),
    network: z
      .strictObject({
        vpcId: matching(/^vpc-[0-9a-f]{8,17}$/, 'the id of a VPC (vpc-…)'),
        subnetIds: ids('subnet', 'a subnet', 16),
        securityGroupIds: ids('sg', 'a security group', 5).optional(),
        routeTableIds: ids('rtb', 'a route table', 16).optional(),
        privateReceivers: z.array(privateRange).max(20, 'must be at most 20').default([]),
      })
      .optional(),
    publishers: z
      .strictObject({
        topics: z.array(arn('sns', 'a topic')).default([]),
        buses: z.array(arn('events', 'an event bus')).default([]),
        accounts: z
          .array(matching(/^\d{12}$/, 'an account id (12 digits)'))
          .max(MAX_ACCOUNTS, `must be at most ${MAX_ACCOUNTS}: name their organisation instead`)
          .default([]),
        organization: matching(/^o-[a-z0-9]{10,32}$/, 'an organisation id (o-…)').optional(),
      })
      .refine((given) => policyBytes(given) <= MAX_POLICY_BYTES, 'must fit into the 8 KB of a queue’s policy')
      .prefault({}),
    domain: domain(
      arn('acm', 'a certificate in us-east-1, where CloudFront looks for it', 'us-east-1'),
    ).optional(),
    apiDomain: domain(arn('acm', 'a certificate')).optional(),
    apiOnlyBehindCloudFront: flag().default(false),
    throttling: z
      .strictObject({
        ratePerSecond: whole(1, 100_000).default(1000),
        burst: whole(1, 100_000).default(2000),
        testRatePerSecond: whole(1, 1000).default(10),
        testBurst: whole(1, 1000).default(20),
      })
      .prefault({}),
    webAcl: matching(
      /^(managed|arn:aws[a-z-]*:wafv2:us-east-1:\d{12}:.+)$/,
      '"managed" or the ARN of a web ACL in us-east-1',
    ).optional(),
    monitoring: flag().optional(),
    alarms: z
      .strictObject({
        email: z.email('must be an e-mail address').optional(),
        topicArn: arn('sns', 'a topic').optional(),
      })
      .default({}),
    runbookBaseUrl: z
      .url({ protocol: /^https?$/, error: 'must be an http or https URL' })
      .refine((url) => !url.includes('#'), 'must have no fragment: the alarm adds it')
      .optional(),
    monthlyBudget: whole(1, 10_000_000).optional(),
    tags,
    permissionsBoundary: matching(
      /^arn:aws[a-z-]*:iam::(\d{12}|aws):policy\/.+$/,
      'the ARN of a managed policy',
    ).optional(),
    terminationProtection: flag().optional(),
    logRetentionDays: z.coerce
      .number()
      .refine((days) => LOG_RETENTION_DAYS.includes(days), `must be one of ${LOG_RETENTION_DAYS.join(', ')}`)
      .default(30),
    logLevel: z.enum(['INFO', 'WARN', 'ERROR'], 'must be INFO, WARN or ERROR').default('INFO'),
    tracing: z
      .union(
        [
          flag(),
          z.strictObject({
            otlpEndpoint: z
              .string(BASE_URL)
              .refine((url) => Token.isUnresolved(url) || isBaseUrl(url), BASE_URL)
              .transform((url) => url.replace(/\/+$/, '')),
            sampleRatio: z.number().min(0, 'must be 0 to 1').max(1, 'must be 0 to 1').default(1),
          }),
        ],
        'must be true, false, or an object with an `otlpEndpoint`',
      )
      .default(false),
  })
  .refine(
    ({ tableName, provisionedCapacity }) => tableName === undefined || provisionedCapacity === undefined,
    {
      path: ['provisionedCapacity'],
      error: 'must not be set together with `tableName`: the stack creates no table then',
    },
  )
  .refine(
    ({ exports, pointInTimeRecovery, retainData, stage }) =>
      exports === undefined || (pointInTimeRecovery ?? retainData ?? !EPHEMERAL_STAGES.has(stage)),
    { path: ['exports'], error: 'needs `pointInTimeRecovery`: DynamoDB exports what that has recorded' },
  )
  .refine(
    ({ encryptionKey, encryptionKeyArn }) => encryptionKey === undefined || encryptionKeyArn === undefined,
    { path: ['encryptionKey'], error: 'must not be set together with `encryptionKeyArn`' },
  )
  .refine(({ network, fixedEgress }) => network === undefined || fixedEgress === undefined, {
    path: ['network'],
    error: 'must not be set together with `fixedEgress`, which creates one',
  })
  .refine(({ monthlyBudget, alarms }) => monthlyBudget === undefined || Object.values(alarms).some(Boolean), {
    path: ['monthlyBudget'],
    error: 'needs `alarms.email` or `alarms.topicArn`, to tell somebody',
  })
  .refine(({ apiDomain, apiOnlyBehindCloudFront }) => apiDomain === undefined || !apiOnlyBehindCloudFront, {
    path: ['apiOnlyBehindCloudFront'],
    error: 'must not be set together with `apiDomain`, which is not behind CloudFront',
  });

/** The names of all settings. */
export const SETTINGS = Object.keys(settingsSchema.shape);

/** A validated `domain` or `apiDomain`. */
export type DomainConfig = z.output<ReturnType<typeof domain>>;
export type LaneConfig = z.output<ReturnType<typeof lane>>;

type Parsed = z.output<typeof settingsSchema>;

/** The validated settings of a stage with all defaults applied. */
export type StageConfig = Omit<
  Parsed,
  'encryptionKey' | 'retainData' | 'pointInTimeRecovery' | 'monitoring' | 'canary' | 'terminationProtection'
> & {
  /** Whether the stack creates a key for the secrets in the table. */
  readonly encryptionKey: boolean;
  /** Whether the table, queues and logs outlive the stack. */
  readonly retainData: boolean;
  readonly pointInTimeRecovery: boolean;
  readonly monitoring: boolean;
  /** How a release reaches publish, fan-out and deliver. Undefined if it does at once. */
  readonly canary: { readonly percentage: number; readonly minutes: number } | undefined;
  readonly terminationProtection: boolean;
  /** The destination policy in the form that the functions read from their environment. */
  readonly destinations: DestinationPolicy;
};

export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/**
 * Validate the settings of a stage and apply their defaults.
 *
 * @throws SettingsError that lists every fault at once
 */
export function stageConfig(settings: AncrageSettings): StageConfig {
  const defaults = settings.stage === 'dev' ? { lanes: { ...DEV_LANES, ...settings.lanes } } : {};
  const parsed = settingsSchema.safeParse({ ...settings, ...defaults });
  if (!parsed.success)
    throw new SettingsError(`The stage's settings are invalid:\n${faultsOf(parsed.error).join('\n')}`);
  const given = parsed.data;
  const retainData = given.retainData ?? !EPHEMERAL_STAGES.has(given.stage);
  return {
    ...given,
    retainData,
    encryptionKey: given.encryptionKeyArn === undefined && (given.encryptionKey ?? retainData),
    pointInTimeRecovery: given.pointInTimeRecovery ?? retainData,
    monitoring: given.monitoring ?? (retainData || Object.keys(given.alarms).length > 0),
    canary: canaryOf(given.canary ?? retainData),
    terminationProtection: given.terminationProtection ?? retainData,
    destinations: {
      allowHttp: given.allowLocalDestinations,
      allowLoopback: given.allowLocalDestinations,
      allowedPorts: given.allowedPorts,
      ...(given.network && { privateReceivers: given.network.privateReceivers }),
    },
  };
}

const canaryOf = (given: z.output<typeof canary>): StageConfig['canary'] =>
  typeof given === 'object' ? given : given ? DEFAULT_CANARY : undefined;

function faultsOf(error: z.ZodError): string[] {
  return error.issues.map((issue) => {
    const path = issue.path.join('.') || 'settings';
    if (issue.code === 'unrecognized_keys')
      return `  ${path} has no setting ${issue.keys.map((key) => `"${key}"`).join(', ')}`;
    return `  ${path} ${issue.message}`;
  });
}
