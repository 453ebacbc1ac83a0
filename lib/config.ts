import { Token } from 'aws-cdk-lib';
import * as z from 'zod';
import { type DestinationPolicy, PUBLIC_DESTINATIONS } from '../core/contract.ts';
import type { AncrageSettings } from './settings.ts';

/** Those that CloudWatch Logs knows, up to a year. */
const LOG_RETENTION_DAYS = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365];

/** Their data vanishes with their stacks, unless they say otherwise; every other stage keeps its data. */
const THROW_AWAY_STAGES = new Set(['dev', 'local']);

const whole = (min: number, max: number) =>
  z.coerce.number().int('is not a whole number').min(min, `is below ${min}`).max(max, `is above ${max}`);
const flag = () => z.union([z.boolean(), z.stringbool()], 'is neither true nor false');
/** What the app makes itself, such as the ARN of its own certificate, is known to CloudFormation alone. */
const matching = (pattern: RegExp, what: string) =>
  z
    .string(`is not ${what}`)
    .refine((text) => Token.isUnresolved(text) || pattern.test(text), `is not ${what}`);
const arn = (service: string, what: string, region = '[a-z0-9-]+') =>
  matching(new RegExp(`^arn:aws[a-z-]*:${service}:${region}:\\d{12}:.+$`), `the ARN of ${what}`);

const lane = (maxConcurrency: number) =>
  z
    .strictObject({
      maxConcurrency: whole(2, 1000).optional(),
      pollers: z
        .strictObject({ minimum: whole(2, 200), maximum: whole(2, 2000) })
        .refine(({ minimum, maximum }) => minimum <= maximum, 'has a minimum above its maximum')
        .optional(),
    })
    .refine(
      (lane) => lane.maxConcurrency === undefined || lane.pollers === undefined,
      'has a maximum concurrency and pollers, of which AWS takes one',
    )
    .default({ maxConcurrency });

const capacity = z
  .strictObject({ minimum: whole(1, 40_000), maximum: whole(1, 40_000) })
  .refine(({ minimum, maximum }) => minimum <= maximum, 'has a minimum above its maximum');

const domain = (certificate: z.ZodType<string>) =>
  z.strictObject({
    name: matching(/^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}$/, 'a domain name'),
    certificateArn: certificate,
    hostedZone: z
      .strictObject({ id: matching(/^Z[A-Z0-9]+$/, 'the id of a zone'), name: z.string() })
      .optional(),
  });

/** One port as `[443, 443]`, or a range. */
const ports = z.union([z.number(), z.string()]).transform((given, context): [number, number] => {
  const [, first = '', last = first] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(String(given).trim()) ?? [];
  const range: [number, number] = [Number(first), Number(last)];
  if (first === '' || range[0] < 1 || range[1] > 65535 || range[0] > range[1])
    context.issues.push({ code: 'custom', input: given, message: 'is not a port or a range of ports' });
  return range;
});

const settingsSchema = z
  .strictObject({
    stage: matching(
      /^[a-z][a-z0-9-]{0,19}$/,
      '1 to 20 lower-case letters, digits and hyphens, a letter first',
    ),
    defaultProject: matching(/^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$/, 'a project id').optional(),
    retentionDays: whole(7, 3650).default(30),
    retainData: flag().optional(),
    tableName: matching(/^[A-Za-z0-9_.-]{3,255}$/, 'the name of a table').optional(),
    pointInTimeRecovery: flag().optional(),
    warmThroughput: z
      .strictObject({
        readUnitsPerSecond: whole(12_000, 4_000_000),
        writeUnitsPerSecond: whole(4000, 4_000_000),
      })
      .optional(),
    provisionedCapacity: z.strictObject({ reads: capacity, writes: capacity }).optional(),
    lanes: z.strictObject({ events: lane(20), deliveries: lane(200), retries: lane(50) }).prefault({}),
    allowedPorts: z
      .array(ports)
      .min(1, 'is empty')
      .default(PUBLIC_DESTINATIONS.allowedPorts.map(([first, last]): [number, number] => [first, last])),
    allowLocalDestinations: flag().default(false),
    fixedEgress: z
      .strictObject({
        natGateways: whole(1, 3),
        cidr: z
          .cidrv4('is not a range of IPv4 addresses')
          // AWS takes no larger one, and three zones of functions fit into no smaller one.
          .refine((range) => /\/1[678]$/.test(range), 'is not between /16 and /18')
          .default('10.0.0.0/16'),
      })
      .optional(),
    publishers: z
      .strictObject({
        accounts: z.array(matching(/^\d{12}$/, 'the id of an account (12 digits)')).default([]),
        organization: matching(/^o-[a-z0-9]{10,32}$/, 'the id of an organisation (o-…)').optional(),
      })
      .default({ accounts: [] }),
    domain: domain(
      arn('acm', "a certificate in us-east-1, which is CloudFront's region", 'us-east-1'),
    ).optional(),
    apiDomain: domain(arn('acm', 'a certificate')).optional(),
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
        email: z.email('is not an e-mail address').optional(),
        topicArn: arn('sns', 'a topic').optional(),
      })
      .default({}),
    logRetentionDays: z.coerce
      .number()
      .refine((days) => LOG_RETENTION_DAYS.includes(days), `is not one of ${LOG_RETENTION_DAYS.join(', ')}`)
      .default(30),
    logLevel: z.enum(['INFO', 'WARN', 'ERROR'], 'is not INFO, WARN or ERROR').default('INFO'),
    tracing: flag().default(false),
  })
  .refine(
    ({ tableName, provisionedCapacity }) => tableName === undefined || provisionedCapacity === undefined,
    { path: ['provisionedCapacity'], error: 'is for a table that the stack makes, not for `tableName`' },
  );

/** The settings that there are. */
export const SETTINGS = Object.keys(settingsSchema.shape);

/** A domain, as a construct takes it. */
export type DomainConfig = z.output<ReturnType<typeof domain>>;
export type LaneConfig = z.output<ReturnType<typeof lane>>;

type Parsed = z.output<typeof settingsSchema>;

/** What Ancrage is made from: its settings, held against their rules, with all defaults. */
export type StageConfig = Omit<Parsed, 'retainData' | 'pointInTimeRecovery' | 'monitoring'> & {
  /** Data outlives the stack. */
  readonly retainData: boolean;
  readonly pointInTimeRecovery: boolean;
  readonly monitoring: boolean;
  /** As the functions know it. */
  readonly destinations: DestinationPolicy;
};

export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/** @throws SettingsError that lists every fault at once */
export function stageConfig(settings: AncrageSettings): StageConfig {
  const parsed = settingsSchema.safeParse(settings);
  if (!parsed.success)
    throw new SettingsError(`The stage's settings have faults:\n${faultsOf(parsed.error).join('\n')}`);
  const given = parsed.data;
  const retainData = given.retainData ?? !THROW_AWAY_STAGES.has(given.stage);
  return {
    ...given,
    retainData,
    pointInTimeRecovery: given.pointInTimeRecovery ?? retainData,
    monitoring: given.monitoring ?? (retainData || Object.keys(given.alarms).length > 0),
    destinations: {
      allowHttp: given.allowLocalDestinations,
      allowLoopback: given.allowLocalDestinations,
      allowedPorts: given.allowedPorts,
    },
  };
}

function faultsOf(error: z.ZodError): string[] {
  return error.issues.map((issue) => {
    const path = issue.path.join('.') || 'settings';
    if (issue.code === 'unrecognized_keys')
      return `  ${path} has no ${issue.keys.map((key) => `"${key}"`).join(', ')}`;
    return `  ${path} ${issue.message}`;
  });
}
