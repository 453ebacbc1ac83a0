import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

interface Task {
  readonly StartedTimestamp: number;
  Status: string;
  ApproximateNumberOfMessagesMoved: number;
  readonly ApproximateNumberOfMessagesToMove: number;
  FailureReason?: string;
  readonly SourceArn: string;
  readonly DestinationArn?: string;
}

type Input = Readonly<Record<string, unknown>>;

export interface MoveTaskEndpoint {
  readonly url: string;
  /** What was asked for, in order: the action and its input. */
  readonly calls: readonly (readonly [action: string, input: Input])[];
  /** The regions that requests were signed for. */
  readonly regions: ReadonlySet<string>;
  /** The tasks of the dead-letter queue, oldest first. */
  readonly tasks: Task[];
  /** What the next tasks do each time that they are listed: moves so many, or ends like this. */
  script: readonly (number | { readonly Status: string; readonly FailureReason?: string })[];
  /** How many lists a new task is not yet in. */
  unseen: number;
  stop(): Promise<void>;
}

/** Dead letters in every queue. */
const DEAD_LETTERS = 10;

/**
 * What the emulator lacks: an HTTP endpoint that speaks SQS's JSON protocol as far as move tasks go, after
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_StartMessageMoveTask.html and
 * API_ListMessageMoveTasks.html.
 */
export async function startMoveTasks(): Promise<MoveTaskEndpoint> {
  const calls: [string, Input][] = [];
  const regions = new Set<string>();
  const tasks: Task[] = [];
  let steps: MoveTaskEndpoint['script'][number][] = [];
  let hidden = 0;

  const actions: Record<string, (input: Input) => object> = {
    GetQueueAttributes: ({ QueueUrl }) => ({
      Attributes: {
        QueueArn: `arn:aws:sqs:eu-west-1:123456789012:${String(QueueUrl).split('/').at(-1)}`,
        ApproximateNumberOfMessages: '1',
        ApproximateNumberOfMessagesNotVisible: '2',
        ApproximateNumberOfMessagesDelayed: '3',
      },
    }),
    StartMessageMoveTask: ({ SourceArn, DestinationArn }) => {
      if (tasks.some(({ Status }) => Status === 'RUNNING' || Status === 'CANCELLING'))
        throw new Refusal('UnsupportedOperation', 'There is already a task running.');
      tasks.push({
        SourceArn: String(SourceArn),
        DestinationArn: String(DestinationArn),
        Status: 'RUNNING',
        StartedTimestamp: Date.now(),
        ApproximateNumberOfMessagesMoved: 0,
        ApproximateNumberOfMessagesToMove: DEAD_LETTERS,
      });
      steps = [...endpoint.script];
      hidden = endpoint.unseen;
      return { TaskHandle: 'handle' };
    },
    ListMessageMoveTasks: ({ MaxResults = 1 }) => {
      const shown = hidden-- > 0 ? tasks.slice(0, -1) : tasks;
      const latest = shown.at(-1);
      if (latest?.Status === 'RUNNING' && latest === tasks.at(-1)) {
        const step = steps.shift();
        if (typeof step === 'number') latest.ApproximateNumberOfMessagesMoved = step;
        else if (step !== undefined) Object.assign(latest, step);
      }
      const newestFirst = shown.toReversed().slice(0, Number(MaxResults));
      return {
        Results: newestFirst.map((task) => ({
          ...task,
          ...(task.Status === 'RUNNING' && { TaskHandle: 'handle' }),
        })),
      };
    },
  };

  const server = createServer(async (request, response) => {
    const [status, answer] = await handle(request);
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(answer));
  });
  async function handle(request: IncomingMessage): Promise<[number, object]> {
    const action = String(request.headers['x-amz-target']).replace(/^AmazonSQS\./, '');
    const input = (await json(request)) as Input;
    calls.push([action, input]);
    // Credential=KEY/DATE/REGION/sqs/aws4_request
    regions.add(request.headers.authorization?.split('/')[2] ?? 'unsigned');
    try {
      const run = actions[action];
      if (run === undefined) throw new Refusal('InvalidAction', `Unknown action: ${action}`);
      return [200, run(input)];
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return [400, { __type: `com.amazonaws.sqs#${error.code}`, message: error.message }];
    }
  }
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  const endpoint: MoveTaskEndpoint = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    regions,
    tasks,
    script: [],
    unseen: 0,
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
  return endpoint;
}

class Refusal extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}
