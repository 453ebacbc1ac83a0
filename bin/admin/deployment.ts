import { existsSync, readFileSync } from 'node:fs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import type { LANES } from '../../core/contract.ts';
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

/** A stack that the commands work on. */
export interface Deployment {
  readonly stage: string;
  readonly apiUrl: string;
  readonly tableName: string;
  /** Days that a new project keeps its events, unless it says otherwise. */
  readonly retentionDays: number;
  /** Of a local stack alone: its address of SQS, which tells more than AWS does and can do less. */
  readonly localSqs: string | undefined;
  /** A local stack tells its key, and the project that it starts with. */
  readonly adminKey: string | undefined;
  readonly project: string | undefined;
  /** @throws AdminError if the stack was deployed before it told them */
  readonly lane: (lane: Lane) => LaneUrls;
  readonly dynamodb: () => DynamoDBClient;
  readonly sqs: () => SQSClient;
}

export const DEFAULT_OUTPUTS = 'cdk-outputs.json';
const LOCAL_OUTPUTS = '.local/outputs.json';
const LOCAL_STAGE = 'local';

/** A deployed stack's outputs or, in a folder that has none, a local one's: for what harms neither. */
export const nearestOutputs = (): string =>
  !existsSync(DEFAULT_OUTPUTS) && existsSync(LOCAL_OUTPUTS) ? LOCAL_OUTPUTS : DEFAULT_OUTPUTS;

const localSchema = z.object({
  apiUrl: z.string(),
  project: z.string(),
  adminKey: z.string(),
  tableName: z.string(),
  eventsQueueUrl: z.string(),
  awsEndpointUrlSqs: z.string(),
  awsEndpointUrlDynamodb: z.string(),
  region: z.string(),
  accessKeyId: z.string(),
  secretAccessKey: z.string(),
});

/** `TableName` and `ApiUrl` tell a stack of Ancrage from others in the file. */
const stackSchema = z.object({ TableName: z.string(), ApiUrl: z.string() }).catchall(z.string());

type Stack = z.output<typeof stackSchema>;

/**
 * Reads what `cdk deploy --outputs-file` wrote, or a local stack's outputs.json.
 *
 * @throws AdminError if it tells of no stack, or not of the one that is meant
 */
export function readDeployment({ outputs, local, stage }: Target): Deployment {
  const path = local ? LOCAL_OUTPUTS : outputs;
  const content = readJson(path);
  const ofLocalStack = localSchema.safeParse(content);
  if (ofLocalStack.success) {
    if (stage !== undefined && stage !== LOCAL_STAGE)
      throw new AdminError(`${path} is of a local stack, not of the stage "${stage}".`);
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
  const fitting = stage === undefined ? stacks : stacks.filter((found) => stageOf(found) === stage);
  const [found, ...others] = fitting;
  if (found === undefined) {
    const wanted = stage === undefined ? 'stack of Ancrage' : `stage "${stage}"`;
    throw new AdminError(`${path} tells of no ${wanted}${names === '' ? '' : `, only of ${names}`}.`);
  }
  if (others.length > 0) throw new AdminError(`${path} tells of ${names}: say which by --stage.`);
  return found;
}

/** A stack tells its stage, since in the app of others it has another name; those that did not were named by it. */
function stageOf({ name, stack }: NamedStack): string {
  return stack.Stage ?? (name.startsWith(STACK_PREFIX) ? name.slice(STACK_PREFIX.length) : name);
}

function awsDeployment(path: string, named: NamedStack): Deployment {
  const { stack } = named;
  // The stack's region, whichever the caller's profile prefers: arn:aws:sqs:REGION:…
  const region = stack.EventsQueueArn?.split(':')[3];
  const settings = region ? { region } : {};
  const output = (name: string): string => {
    const value = stack[name];
    if (value === undefined)
      throw new AdminError(`${path} tells no ${name}: deploy this version first, with --outputs-file.`);
    return value;
  };
  return {
    stage: stageOf(named),
    apiUrl: stack.ApiUrl,
    tableName: stack.TableName,
    // A stack from before it told them can do all else.
    get retentionDays() {
      return Number(output('RetentionDays'));
    },
    localSqs: undefined,
    adminKey: undefined,
    project: undefined,
    lane: (lane) => {
      const name = lane.charAt(0).toUpperCase() + lane.slice(1);
      return { queue: output(`${name}QueueUrl`), deadLetterQueue: output(`${name}DeadLetterQueueUrl`) };
    },
    dynamodb: () => new DynamoDBClient(settings),
    sqs: () => new SQSClient(settings),
  };
}

function localDeployment(outputs: z.output<typeof localSchema>): Deployment {
  const { region, accessKeyId, secretAccessKey, eventsQueueUrl } = outputs;
  // A new object for each client: clients write into it.
  const settings = (endpoint: string) => ({
    endpoint,
    region,
    credentials: { accessKeyId, secretAccessKey },
  });
  // Local queues are named by their place in the stack, so one URL tells the others.
  const queueUrl = (name: string) => eventsQueueUrl.replace(/-events-queue$/, `-${name}-queue`);
  return {
    stage: LOCAL_STAGE,
    apiUrl: outputs.apiUrl,
    tableName: outputs.tableName,
    // The local stack leaves it as it is.
    retentionDays: 30,
    localSqs: outputs.awsEndpointUrlSqs,
    adminKey: outputs.adminKey,
    project: outputs.project,
    lane: (lane) => ({ queue: queueUrl(lane), deadLetterQueue: queueUrl(`${lane}-dead-letter`) }),
    dynamodb: () => new DynamoDBClient(settings(outputs.awsEndpointUrlDynamodb)),
    sqs: () => new SQSClient(settings(outputs.awsEndpointUrlSqs)),
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
