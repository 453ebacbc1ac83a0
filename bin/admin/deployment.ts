import { existsSync, readFileSync } from 'node:fs';
import type { CloudFrontClient } from '@aws-sdk/client-cloudfront';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import type { LANES, WriteFormat } from '../../core/contract.ts';
import { type Need, needSchema } from '../concurrency/advice.ts';
import { AdminError } from './errors.ts';

export type Lane = (typeof LANES)[number];

export interface Target {
  readonly outputs: string;
  readonly local?: boolean;
  readonly stage?: string;
}

interface LaneUrls {
  readonly queue: string;
  readonly deadLetterQueue: string;
}

export interface LocalQueues {
  readonly endpoint: string;
  readonly accessKeyId: string;
}

/** The secret by which the API recognises CloudFront, and the distribution that sends it. Only one command loads these clients. */
interface Origin {
  readonly secretArn: string;
  readonly distributionId: string;
  readonly secrets: () => Promise<SecretsManagerClient>;
  readonly cloudfront: () => Promise<CloudFrontClient>;
}

/** The stack that the commands operate. */
export interface Deployment {
  readonly stage: string;
  readonly apiUrl: string;
  /** The console, whose host serves the API as well. Undefined if the outputs lack it. */
  readonly consoleUrl: string | undefined;
  readonly tableName: string;
  /** Undefined for a local stack, and for a stack of a version before 0.2. */
  readonly largeBodiesBucketName: string | undefined;
  /** ARN of the key that wraps the table's data keys; undefined if the stage has none. */
  readonly encryptionKeyArn: string | undefined;
  /** Default number of days for which a new project keeps its events. */
  readonly retentionDays: number;
  /** The formats of items that it writes. Stacks of version 0.1, which have no such output, know only the first. */
  readonly writeFormat: WriteFormat;
  /**
   * SQS engine of a local stack, undefined on AWS. The engine can inspect queues, which SQS cannot, but
   * has no message move tasks.
   */
  readonly localSqs: LocalQueues | undefined;
  /** The admin key of a local stack, undefined on AWS. */
  readonly adminKey: string | undefined;
  /** The initial project of a local stack, undefined on AWS. */
  readonly project: string | undefined;
  /** Undefined without `apiOnlyBehindCloudFront`. */
  readonly origin: Origin | undefined;
  /** What it takes of the account's quota, and its region; undefined locally, and for stacks of version 0.1. */
  readonly concurrency: { readonly need: Need; readonly region: string | undefined } | undefined;
  /** @throws AdminError if the version of the deployed stack does not have these outputs */
  readonly lane: (lane: Lane) => LaneUrls;
  readonly dynamodb: () => DynamoDBClient;
  readonly sqs: () => SQSClient;
  readonly kms: () => KMSClient;
}

export const DEFAULT_OUTPUTS = 'cdk-outputs.json';
const LOCAL_OUTPUTS = '.local/outputs.json';
const LOCAL_STAGE = 'local';

/** Return the outputs of a deployed stack if the file exists, otherwise those of a local stack if there are any. */
export const nearestOutputs = (): string =>
  !existsSync(DEFAULT_OUTPUTS) && existsSync(LOCAL_OUTPUTS) ? LOCAL_OUTPUTS : DEFAULT_OUTPUTS;

const localSchema = z.object({
  apiUrl: z.string(),
  consoleUrl: z.string().optional(),
  project: z.string(),
  adminKey: z.string(),
  tableName: z.string(),
  eventsQueueUrl: z.string(),
  awsEndpointUrlSqs: z.string(),
  awsEndpointUrlDynamodb: z.string(),
  awsEndpointUrlKms: z.string(),
  encryptionKeyArn: z.string(),
  originSecretArn: z.string().optional(),
  distributionId: z.string().optional(),
  awsEndpointUrlSecretsManager: z.string().optional(),
  awsEndpointUrlCloudfront: z.string().optional(),
  region: z.string(),
  accessKeyId: z.string(),
  secretAccessKey: z.string(),
});

/** `TableName` and `ApiUrl` distinguish a stack of Ancrage from other stacks in the file. */
const stackSchema = z.object({ TableName: z.string(), ApiUrl: z.string() }).catchall(z.string());

type Stack = z.output<typeof stackSchema>;

/**
 * Read the file of `cdk deploy --outputs-file`, or the outputs.json of a local stack.
 *
 * @throws AdminError if the file does not contain exactly one matching stack
 */
export function readDeployment({ outputs, local, stage }: Target): Deployment {
  const path = local ? LOCAL_OUTPUTS : outputs;
  const content = readJson(path);
  const ofLocalStack = localSchema.safeParse(content);
  if (ofLocalStack.success) {
    if (stage !== undefined && stage !== LOCAL_STAGE)
      throw new AdminError(`${path} belongs to a local stack, not to the stage "${stage}".`);
    return localDeployment(ofLocalStack.data);
  }
  return awsDeployment(path, chooseStack(path, content, stage));
}

interface NamedStack {
  readonly name: string;
  readonly stack: Stack;
}

const STACK_PREFIX = 'Ancrage-';

function chooseStack(path: string, content: unknown, stage: string | undefined): NamedStack {
  const stacks = Object.entries(content ?? {}).flatMap(([name, value]) => {
    const stack = stackSchema.safeParse(value);
    return stack.success ? [{ name, stack: stack.data }] : [];
  });
  const names = stacks.map(({ name }) => name).join(', ');
  const matching = stage === undefined ? stacks : stacks.filter((found) => stageOf(found) === stage);
  const [found, ...others] = matching;
  if (found === undefined) {
    const wanted = stage === undefined ? 'stack of Ancrage' : `stage "${stage}"`;
    throw new AdminError(`${path} contains no ${wanted}${names === '' ? '' : `, only ${names}`}.`);
  }
  if (others.length > 0) throw new AdminError(`${path} contains ${names}: choose one with --stage.`);
  return found;
}

/** Return the stage from the outputs, or from the stack's name if an older version has no such output. */
function stageOf({ name, stack }: NamedStack): string {
  return stack.Stage ?? (name.startsWith(STACK_PREFIX) ? name.slice(STACK_PREFIX.length) : name);
}

function awsDeployment(path: string, named: NamedStack): Deployment {
  const { stack } = named;
  // The region in arn:aws:sqs:REGION:…, which takes precedence over the caller's default region.
  const region = stack.EventsQueueArn?.split(':')[3];
  const settings = region ? { region } : {};
  const output = (name: string): string => {
    const value = stack[name];
    if (value === undefined)
      throw new AdminError(
        `${path} lacks the output ${name}: first deploy this version with --outputs-file.`,
      );
    return value;
  };
  return {
    stage: stageOf(named),
    apiUrl: stack.ApiUrl,
    consoleUrl: stack.ConsoleUrl,
    tableName: stack.TableName,
    largeBodiesBucketName: stack.LargeBodiesBucketName,
    encryptionKeyArn: stack.EncryptionKeyArn,
    // Versions before 0.2 have no such output.
    // Read lazily: older stacks lack this output, but support every command that does not need it.
    get retentionDays() {
      return Number(output('RetentionDays'));
    },
    writeFormat: stack.WriteFormat === '2' ? 2 : 1,
    localSqs: undefined,
    adminKey: undefined,
    project: undefined,
    origin: originOf(stack.OriginSecretArn, stack.DistributionId, () => settings),
    get concurrency() {
      const { Concurrency } = stack;
      return Concurrency === undefined
        ? undefined
        : { need: needSchema.parse(JSON.parse(Concurrency)), region };
    },
    lane: (lane) => {
      const name = lane.charAt(0).toUpperCase() + lane.slice(1);
      return { queue: output(`${name}QueueUrl`), deadLetterQueue: output(`${name}DeadLetterQueueUrl`) };
    },
    dynamodb: () => new DynamoDBClient(settings),
    sqs: () => new SQSClient(settings),
    kms: () => new KMSClient(settings),
  };
}

function localDeployment(outputs: z.output<typeof localSchema>): Deployment {
  const { region, accessKeyId, secretAccessKey, eventsQueueUrl } = outputs;
  // Each client needs a new object because it writes into it.
  const settings = (endpoint: string | undefined) => ({
    ...(endpoint !== undefined && { endpoint }),
    region,
    credentials: { accessKeyId, secretAccessKey },
  });
  // The names of local queues follow a pattern, so the other URLs can be derived from one.
  const queueUrl = (name: string) => eventsQueueUrl.replace(/-events-queue$/, `-${name}-queue`);
  return {
    stage: LOCAL_STAGE,
    apiUrl: outputs.apiUrl,
    consoleUrl: outputs.consoleUrl,
    tableName: outputs.tableName,
    largeBodiesBucketName: undefined,
    // The local stack's settings.
    encryptionKeyArn: outputs.encryptionKeyArn,
    retentionDays: 30,
    writeFormat: 2,
    localSqs: { endpoint: outputs.awsEndpointUrlSqs, accessKeyId },
    adminKey: outputs.adminKey,
    project: outputs.project,
    origin: originOf(outputs.originSecretArn, outputs.distributionId, (service) =>
      settings(
        service === 'cloudfront' ? outputs.awsEndpointUrlCloudfront : outputs.awsEndpointUrlSecretsManager,
      ),
    ),
    concurrency: undefined,
    lane: (lane) => ({ queue: queueUrl(lane), deadLetterQueue: queueUrl(`${lane}-dead-letter`) }),
    dynamodb: () => new DynamoDBClient(settings(outputs.awsEndpointUrlDynamodb)),
    sqs: () => new SQSClient(settings(outputs.awsEndpointUrlSqs)),
    kms: () => new KMSClient(settings(outputs.awsEndpointUrlKms)),
  };
}

function originOf(
  secretArn: string | undefined,
  distributionId: string | undefined,
  settings: (service: 'cloudfront' | 'secretsmanager') => object,
): Origin | undefined {
  if (secretArn === undefined || distributionId === undefined) return undefined;
  return {
    secretArn,
    distributionId,
    async secrets() {
      const { SecretsManagerClient } = await import('@aws-sdk/client-secrets-manager');
      return new SecretsManagerClient(settings('secretsmanager'));
    },
    async cloudfront() {
      const { CloudFrontClient } = await import('@aws-sdk/client-cloudfront');
      return new CloudFrontClient(settings('cloudfront'));
    },
  };
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new AdminError(
      `${path} cannot be read (${error instanceof Error ? error.message : error}): deploy with "npm run deploy -- --outputs-file ${DEFAULT_OUTPUTS}" or pass --outputs FILE, and --local for the local stack.`,
    );
  }
}
