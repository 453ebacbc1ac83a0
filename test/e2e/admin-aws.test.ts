import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { useCli } from '../support/cli.ts';
import { eventually } from '../support/eventually.ts';
import { useOwnStack } from '../support/stack.ts';
import { type MoveTaskEndpoint, startMoveTasks } from './fake-move-tasks.ts';

const arn = (queue: string) => `arn:aws:sqs:eu-west-1:123456789012:${queue}`;

describe('npm run admin with the outputs file of cdk deploy', () => {
  const cli = useCli('admin');
  const stack = useOwnStack();
  let sqs: MoveTaskEndpoint;
  beforeAll(async () => {
    sqs = await startMoveTasks();
    writeOutputs('cdk-outputs.json', { Other: { BucketName: 'b' }, 'Ancrage-prod': outputs() });
  });
  afterAll(() => sqs.stop());
  beforeEach(() => Object.assign(sqs, { script: [], unseen: 0 }));

  const writeOutputs = (file: string, content: unknown) =>
    writeFileSync(join(cli.home, file), JSON.stringify(content));
  const queueUrl = (name: string) => `${sqs.url}/123456789012/${name}`;
  const outputs = () => ({
    ApiUrl: stack().outputs.apiUrl,
    TableName: stack().outputs.tableName,
    EventsQueueArn: arn('events'),
    EventsQueueUrl: queueUrl('events'),
    EventsDeadLetterQueueUrl: queueUrl('events-dead'),
    InternalQueueUrl: queueUrl('internal'),
    InternalDeadLetterQueueUrl: queueUrl('internal-dead'),
    DeliveriesQueueUrl: queueUrl('deliveries'),
    DeliveriesDeadLetterQueueUrl: queueUrl('deliveries-dead'),
    RetriesQueueUrl: queueUrl('retries'),
    RetriesDeadLetterQueueUrl: queueUrl('retries-dead'),
    PumpsQueueUrl: queueUrl('pumps'),
    PumpsDeadLetterQueueUrl: queueUrl('pumps-dead'),
  });
  /** With the caller's credentials, found as the SDK finds them. */
  const admin = (...args: string[]) =>
    cli.run(args, {
      AWS_ACCESS_KEY_ID: stack().outputs.accessKeyId,
      AWS_SECRET_ACCESS_KEY: stack().outputs.secretAccessKey,
      AWS_REGION: 'us-west-2',
      AWS_ENDPOINT_URL_SQS: sqs.url,
      AWS_ENDPOINT_URL_DYNAMODB: stack().outputs.awsEndpointUrlDynamodb,
    });
  const calls = (action: string) => sqs.calls.filter(([name]) => name === action).map(([, input]) => input);

  it('finds the table', async () => {
    expect((await admin('projects', 'list', '--json')).json()).toMatchObject([{ id: 'demo' }]);
  });

  it('shows the queues, without the ages of messages, which SQS does not report', async () => {
    const depths = { visible: 1, inFlight: 2, delayed: 3, oldestSeconds: null, deadLetters: 6 };
    expect((await admin('queues', '--json')).json()).toEqual(
      ['events', 'internal', 'deliveries', 'retries', 'pumps'].map((queue) => ({ queue, ...depths })),
    );
  });

  it('works in the region of the stack, whatever the region of the caller', async () => {
    await admin('queues');
    expect([...sqs.regions]).toEqual(['eu-west-1']);
  });

  it('reports missing credentials', async () => {
    const nowhere = join(cli.home, 'none');
    const ended = await cli.run(['queues'], {
      AWS_ENDPOINT_URL_SQS: sqs.url,
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_CONFIG_FILE: nowhere,
      AWS_SHARED_CREDENTIALS_FILE: nowhere,
    });
    expect(ended).toMatchObject({ exitCode: 1, stdout: '' });
    expect(ended.stderr).toMatch(/^AWS: CredentialsProviderError: [^\n]*\n$/);
  });

  it('asks for a key, and replays with it', async () => {
    const { id } = await stack().subscribe({ url: 'http://127.0.0.1:4000/', events: ['replayed'] });
    const args = ['replay', 'demo', id, '--since', '1h', '--json'];
    expect(await admin(...args)).toMatchObject({
      exitCode: 2,
      stdout: '',
      stderr: 'This command needs an API key: set ANCRAGE_KEY or pass --key.\n',
    });
    const given = await admin(...args, '--key', stack().outputs.adminKey);
    expect(given.json()).toMatchObject({ state: 'done', done: 0, total: 0 });
  });

  it('has SQS move the dead letters, and follows its task instead of an earlier one', async () => {
    sqs.tasks.push({
      SourceArn: arn('events-dead'),
      Status: 'COMPLETED',
      StartedTimestamp: 1,
      ApproximateNumberOfMessagesMoved: 99,
      ApproximateNumberOfMessagesToMove: 99,
    });
    // The new task does not show at once.
    sqs.unseen = 1;
    sqs.script = [4, { Status: 'COMPLETED' }];
    const redriven = await admin('redrive', 'events', '--rate', '50', '--json');
    expect(redriven).toMatchObject({ exitCode: 0, stderr: 'redrive events: 4 of 10\n' });
    expect(redriven.json()).toEqual({ queue: 'events', status: 'COMPLETED', moved: 4, toMove: 10 });
    expect(calls('StartMessageMoveTask')).toEqual([
      { SourceArn: arn('events-dead'), DestinationArn: arn('internal'), MaxNumberOfMessagesPerSecond: 50 },
    ]);
    expect(calls('ListMessageMoveTasks').at(-1)).toEqual({ SourceArn: arn('events-dead'), MaxResults: 1 });

    // Without a rate SQS chooses one.
    sqs.script = [{ Status: 'COMPLETED' }];
    await admin('redrive', 'retries');
    expect(calls('StartMessageMoveTask').at(-1)).toEqual({
      SourceArn: arn('retries-dead'),
      DestinationArn: arn('retries'),
    });
  });

  it.each([
    [
      { Status: 'FAILED', FailureReason: 'AccessDenied' },
      'The redrive is FAILED after 3 messages: AccessDenied.\n',
    ],
    [{ Status: 'CANCELLED' }, 'The redrive is CANCELLED after 3 messages: SQS gives no reason.\n'],
  ])('reports how a task has ended: %o', async (end, sentence) => {
    sqs.script = [3, end];
    expect(await admin('redrive', 'deliveries')).toMatchObject({
      exitCode: 1,
      stdout: '',
      stderr: `redrive deliveries: 3 of 10\n${sentence}`,
    });
  });

  it('follows a task that is already running, and reports errors of SQS', async () => {
    sqs.script = [5];
    const started = calls('StartMessageMoveTask').length;
    const task = {
      SourceArn: arn('events-dead'),
      Status: 'RUNNING',
      StartedTimestamp: Date.now(),
      ApproximateNumberOfMessagesMoved: 7,
      ApproximateNumberOfMessagesToMove: 9,
    };
    sqs.tasks.push(task);
    const following = admin('redrive', 'events');
    const asked = calls('ListMessageMoveTasks').length;
    await eventually('the task is polled twice', () => calls('ListMessageMoveTasks').length >= asked + 2);
    Object.assign(task, { Status: 'COMPLETED', ApproximateNumberOfMessagesMoved: 9 });
    const { exitCode, stdout, stderr } = await following;
    expect([exitCode, stdout]).toEqual([0, '9 of 9 dead letters are in the internal queue.\n']);
    expect(stderr).toMatch(/^A redrive of this queue is already running: .*\nredrive events: 7 of 9\n/);
    expect(calls('StartMessageMoveTask')).toHaveLength(started);

    Object.assign(task, { Status: 'CANCELLING' });
    expect(await admin('redrive', 'events')).toMatchObject({
      exitCode: 1,
      stderr: 'AWS: UnsupportedOperation: There is already a task running.\n',
    });
    Object.assign(task, { Status: 'CANCELLED' });
  });

  it('takes the stack of the stage if there are several', async () => {
    const dev = { ...outputs(), TableName: 'ancrage-dev' };
    writeOutputs('two.json', { 'Ancrage-dev': dev, 'Ancrage-prod': outputs() });
    const two = (...args: string[]) => admin('--outputs', 'two.json', ...args, 'projects', 'list', '--json');
    expect((await two('--stage', 'prod')).json()).toMatchObject([{ id: 'demo' }]);
    const unclear = 'two.json contains Ancrage-dev, Ancrage-prod: choose one with --stage.\n';
    expect(await two()).toMatchObject({ exitCode: 1, stdout: '', stderr: unclear });
    const none = 'two.json contains no stage "test", only Ancrage-dev, Ancrage-prod.\n';
    expect(await two('--stage', 'test')).toMatchObject({ exitCode: 1, stdout: '', stderr: none });
    const missing = await two('--stage', 'dev');
    expect(missing).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(/^AWS: ResourceNotFoundException: /),
    });
  });

  it.each([
    ['a missing file', undefined, /^odd\.json cannot be read \(ENOENT.*npm run deploy.*--local.*\n$/],
    ['a file that is not JSON', '{', /^odd\.json cannot be read \(.*JSON.*\n$/],
    [
      'a file without a stack of Ancrage',
      '{"Other": {"TableName": "t"}}',
      /^odd\.json contains no stack of Ancrage\.\n$/,
    ],
    ['an empty file', 'null', /^odd\.json contains no stack of Ancrage\.\n$/],
    [
      'a stack of a version without outputs for its queues',
      '{"Ancrage-dev": {"TableName": "t", "ApiUrl": "u", "EventsQueueUrl": "q"}}',
      /^odd\.json lacks the output EventsDeadLetterQueueUrl: first deploy this version.*\n$/,
    ],
  ])('reports %s in a sentence', async (_, content, sentence) => {
    if (content !== undefined) writeFileSync(join(cli.home, 'odd.json'), content);
    const ended = await cli.run(['--outputs', 'odd.json', 'queues'], { AWS_REGION: 'eu-west-1' });
    expect(ended).toMatchObject({ exitCode: 1, stdout: '', stderr: expect.stringMatching(sentence) });
  });

  it.each([[], ['projects'], ['keys', 'create'], ['queues'], ['redrive'], ['replay']])(
    'prints its help: %s %s',
    async (...command) => {
      const { exitCode, stdout, stderr } = await cli.run([...command, '--help']);
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
      expect(stdout).toMatch(/^Usage: admin /);
      expect(stdout).toMatch(/\nExamples:\n {2}npm run /);
      expect(stdout).toContain('--outputs <file>');
    },
  );
});
