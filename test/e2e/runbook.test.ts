import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { peek } from '../../bin/admin/dead-letter-queue.ts';
import { LANES } from '../../core/contract.ts';
import { start } from '../support/child-process.ts';
import { eventually } from '../support/eventually.ts';
import { status, useReceiver } from '../support/receiver.ts';
import { ROOT, readRunbook } from '../support/runbook.ts';
import { useOwnStack } from '../support/stack.ts';
import { makePaused, untilWaiting } from '../support/waiting.ts';

type Lane = (typeof LANES)[number];

/** What is asked of the commands: each of the runbook fits exactly one of these. */
const OUTPUTS: readonly (readonly [command: RegExp, output: (values: Values) => string])[] = [
  [/ keys create /, () => '^secret +ancrage_key_'],
  [/ keys list /, ({ KEY_ID }) => `^${KEY_ID} `],
  [/ keys delete /, ({ KEY_ID }) => `^Deleted ${KEY_ID}\\.`],
  [/ queues$/, () => `^QUEUE .*${LANES.map((lane) => `\\n${lane} .* [1-9]\\d*`).join('')}$`],
  [
    / endpoints$/,
    ({ SUBSCRIPTION }) =>
      `^${SUBSCRIPTION} +demo +127\\.0\\.0\\.1:\\d+ +paused +paused +down .* answered 503$`,
  ],
  [/ waiting$/, ({ SUBSCRIPTION }) => `^pumps +[1-9][^]*^${SUBSCRIPTION} +demo +[1-9]\\d*$`],
  [/ dead-letters events$/, ({ MESSAGES }) => `^${MESSAGES.events} .* is not JSON`],
  [/ dead-letters internal$/, ({ MESSAGES }) => `^${MESSAGES.internal} .* is not JSON`],
  [/ dead-letters deliveries$/, ({ MESSAGES }) => `^${MESSAGES.deliveries} .* demo .* sub_poisoned`],
  [/ dead-letters retries$/, ({ MESSAGES }) => `^${MESSAGES.retries} .* demo .* sub_poisoned`],
  [/ dead-letters pumps$/, ({ MESSAGES }) => `^${MESSAGES.pumps} .* demo `],
  [/ redrive \w+$/, () => '^[1-9]\\d* of [1-9]\\d* dead letters are in the \\w+ queue\\.$'],
  [/ discard \w+ \S+$/, () => '^Deleted 1 dead letters of the \\w+ queue\\.$'],
  [/ replay /, () => '^job_\\w+ is done\\. Deliveries resent: \\d+\\.$'],
  [/ call PATCH .*"enabled": false/, () => '"enabled": false'],
  [/ call PATCH .*"paused": true/, () => '"paused": true'],
  [/ call POST .*\/(resume|send-now)$/, () => '"enabled": true[^]*"paused": false[^]*"mode": "paced"'],
  [/ call PATCH .*"timeoutSeconds"/, () => '"timeoutSeconds": (5|10),'],
  [/ call POST .*\/test /, () => '"outcome": "failure"'],
  [/ call GET \S*\/events\?limit=5"$/, ({ TYPE }) => `"type": "${TYPE}"`],
  [/ call GET \S*\/attempts$/, ({ EVENT }) => `"eventId": "${EVENT}"[^]*"number": 1`],
  [/ call GET \S*\/jobs$/, ({ JOB }) => `"id": "${JOB}"`],
  [/ call DELETE \S*\/jobs\/\S+$/, () => '"state": "(done|cancelled)"'],
  [/ call GET \S*\/deliveries$/, () => '"state": "pending"'],
  [/ call GET \S*\/subscriptions\?event=/, ({ SUBSCRIPTION }) => `"id": "${SUBSCRIPTION}"`],
  [/ call GET \S*\/usage$/, () => '"perSecond": 100'],
  [/ call GET \S*\/traffic$/, () => '"(failed|retrying)": [1-9]'],
  [/ call GET \/v1\/key$/, () => '"scopes": \\[\\s*"admin"'],
  [/ call GET \/v1\/projects$/, () => '"id": "demo"'],
];

const POISON = {
  events: '{"project": "demo", "type": "poison"',
  internal: '{"project": "demo", "type": "poison"',
  deliveries: '{"project": "demo", "subscriptionId": "sub_poisoned", "number": 1, "event": null}',
  retries: '{"project": "demo", "subscriptionId": "sub_poisoned", "number": 2, "event": null}',
  pumps: '{"project": "demo", "subscriptionId": null}',
};

/** Commands that change what a subscription sends. */
const CHANGES = /"enabled"|"paused"|\/(resume|send-now)$/;

/** Commands that change nothing. */
const READS = / (list \S+|queues|endpoints|waiting|dead-letters \w+|call GET .*)$/;

/** Ten receives, of which the first two may wait for a turn of another pump in the same batch. */
const DEAD_LETTERED_MS = 150_000;

interface Values {
  /** The last replay that a command has started. */
  readonly JOB: string;
  readonly SUBSCRIPTION: string;
  readonly EVENT: string;
  readonly TYPE: string;
  readonly KEY_ID: string;
  /** The id of a message in the dead-letter queue of each lane. */
  readonly MESSAGES: Readonly<Record<Lane, string>>;
}

type Subject = Omit<Values, 'MESSAGES' | 'JOB'>;

describe('the runbook, on a stack where everything has gone wrong,', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'ancrage-runbook-'));
  const stack = useOwnStack({ dataDir });
  const receiver = useReceiver();
  let sqs: SQSClient;
  /** Read by commands. Commands that disable, pause or resume a subscription get one of their own. */
  let [broken, changed]: Subject[] = [];
  let MESSAGES: Record<Lane, string>;
  let JOB = '';
  beforeAll(async () => {
    receiver.respond(status(503));
    const { region, accessKeyId, secretAccessKey, awsEndpointUrlSqs: endpoint } = stack().outputs;
    sqs = new SQSClient({ endpoint, region, credentials: { accessKeyId, secretAccessKey } });
    const poisoned = Promise.all(LANES.map(poison));
    changed = await breakDown('changed');
    // The later one, because a command lists the latest events.
    broken = await breakDown('broken');
    const [events = '', internal = '', deliveries = '', retries = '', pumps = ''] = await poisoned;
    MESSAGES = { events, internal, deliveries, retries, pumps };
  }, 2 * DEAD_LETTERED_MS);
  afterAll(() => {
    sqs.destroy();
    rmSync(dataDir, { recursive: true, force: true });
  });

  /** Runs a command as npm would, without the time that npm takes. */
  const run = (command: string, env: Readonly<Record<string, string>>) =>
    start('bash', ['-euo', 'pipefail', '-c', command.replace('npm run admin --', '"$NODE" bin/admin.ts')], {
      cwd: ROOT,
      env: {
        ...process.env,
        NODE: process.execPath,
        OUTPUTS: join(dataDir, 'outputs.json'),
        PROJECT: 'demo',
        ...env,
      },
    }).ended;

  /** A subscription that is paused because its endpoint is down, with a retry and a first attempt that wait. */
  const breakDown = async (type: string): Promise<Subject> => {
    const { id } = await stack().subscribe({ url: receiver.url(`/${type}?token=hush`), events: [type] });
    await stack().sendEvent({ type, id: `${type}-0`, data: {} });
    await stack().attempts(id, 1);
    await makePaused(stack(), id);
    await stack().sendEvent({ type, id: `${type}-held`, data: {} });
    await untilWaiting(stack(), id, 2);
    const key = await stack().newKey(['publish']);
    return { SUBSCRIPTION: id, EVENT: `${type}-0`, TYPE: type, KEY_ID: key.id };
  };

  const urlOf = (lane: Lane, dead = '') => stack().queueUrls[`ancrage-local-${lane}${dead}-queue`] ?? '';
  const send = async (QueueUrl: string, MessageBody: string, reason?: string): Promise<string> => {
    const MessageAttributes = reason && { reason: { DataType: 'String', StringValue: reason } };
    const command = new SendMessageCommand({
      QueueUrl,
      MessageBody,
      ...(MessageAttributes && { MessageAttributes }),
    });
    return (await sqs.send(command)).MessageId ?? '';
  };
  /** Sends a message that cannot be processed, and returns its id in the dead-letter queue. */
  const poison = async (lane: Lane): Promise<string> => {
    await send(urlOf(lane), POISON[lane]);
    return eventually(
      `${lane} has a dead letter`,
      async () => {
        const [letter] = await peek(sqs, urlOf(lane, '-dead-letter'), 1);
        if (letter === undefined) throw new Error('It is empty.');
        return letter.messageId;
      },
      DEAD_LETTERED_MS,
    );
  };
  /** Puts a message into the dead-letter queue, in place of one that a command has taken out of it. */
  const deadLetter = async (lane: Lane): Promise<void> => {
    const reason = lane === 'events' ? 'The message is not JSON.' : undefined;
    MESSAGES[lane] = await send(urlOf(lane, '-dead-letter'), POISON[lane], reason);
  };

  const { before, sections } = readRunbook();

  it('has only commands that this test knows, with placeholders that it explains', () => {
    const commands = [...before, ...sections.flatMap((section) => section.commands)];
    expect(commands.length).toBeGreaterThan(40);
    for (const command of commands) {
      expect(command).toMatch(/^npm run admin -- --outputs \$OUTPUTS /);
      expect([command, OUTPUTS.filter(([known]) => known.test(command)).length]).toEqual([command, 1]);
      const placeholders = command.match(/\$\w+/g) ?? [];
      const explained = ['OUTPUTS', 'PROJECT', 'SUBSCRIPTION', 'EVENT', 'TYPE', 'MESSAGE', 'KEY_ID', 'JOB'];
      for (const name of placeholders) expect(explained).toContain(name.slice(1));
    }
  });

  /** Commands that only read, and have been run: a second run would show nothing new. */
  const read = new Set<string>();

  it.each([{ name: 'before the first alarm', commands: before }, ...sections])(
    'has commands that work: $name',
    async ({ commands }) => {
      const changes = commands.findIndex((command) => CHANGES.test(command));
      for (const [index, command] of commands.entries()) {
        if (read.has(command)) continue;
        if (READS.test(command)) read.add(command);
        const lane = LANES.find((each) => command.includes(` ${each}`)) ?? 'events';
        const subject = changes !== -1 && index >= changes ? changed : broken;
        const values = { ...(subject as Subject), MESSAGES, JOB };
        const ended = await run(command, { ...subject, MESSAGE: MESSAGES[lane], JOB });
        expect({ command, ...ended }).toMatchObject({ command, exitCode: 0 });
        const expected = OUTPUTS.find(([known]) => known.test(command))?.[1](values) ?? '^$';
        expect(ended.stdout, command).toMatch(new RegExp(expected, 'm'));
        // An operator may copy the output into a ticket: it must not contain the credential of a hook URL.
        if (!command.includes(' call ')) expect(ended.stdout).not.toContain('hush');
        JOB = /^job_\w+/m.exec(ended.stdout)?.[0] ?? JOB;
        if (/ (discard|redrive) /.test(command)) await deadLetter(lane);
      }
    },
  );
});
