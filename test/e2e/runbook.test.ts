import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { peek } from '../../bin/admin/dead-letter-queue.ts';
import { type Receiver, startReceiver, status } from '../support/receiver.ts';
import { ROOT, readRunbook } from '../support/runbook.ts';
import { eventually, useStack } from '../support/stack.ts';

const LANES = ['events', 'deliveries', 'retries'] as const;
type Lane = (typeof LANES)[number];

/** What is asked of the commands: each of the runbook fits exactly one of these. */
const OUTPUTS: readonly (readonly [command: RegExp, output: (values: Values) => string])[] = [
  [/ keys create /, () => '^secret +ancrage_key_'],
  [/ keys list /, ({ KEY_ID }) => `^${KEY_ID} `],
  [/ keys delete /, ({ KEY_ID }) => `^Deleted ${KEY_ID}\\.`],
  [/ queues$/, () => '^QUEUE .*\\nevents .* [1-9]\\d*\\ndeliveries .* [1-9]\\d*\\nretries .* [1-9]\\d*$'],
  [/ breakers$/, ({ SUBSCRIPTION }) => `^demo +${SUBSCRIPTION} +127\\.0\\.0\\.1:\\d+ +open +`],
  [/ waiting$/, ({ SUBSCRIPTION }) => `^held +[1-9].*\\nbreakers +[1-9][^]*^${SUBSCRIPTION} +0 +[1-9]\\d*$`],
  [/ dead-letters events$/, ({ MESSAGES }) => `^${MESSAGES.events} .* is not JSON`],
  [/ dead-letters deliveries$/, ({ MESSAGES }) => `^${MESSAGES.deliveries} .* demo .* sub_poisoned`],
  [/ dead-letters retries$/, ({ MESSAGES }) => `^${MESSAGES.retries} .* demo .* sub_poisoned`],
  [/ redrive \w+$/, () => '^[1-9]\\d* of [1-9]\\d* dead letters are back in the \\w+ queue\\.$'],
  [/ discard \w+ \S+$/, () => '^Deleted 1 dead letters of the \\w+ queue\\.$'],
  [/ replay /, () => '^job_\\w+ is done: \\d+ of \\d+ deliveries were handed over\\.$'],
  [/ call PATCH .*"enabled": false/, () => '"enabled": false'],
  [/ call PATCH .*"enabled": true/, () => '"enabled": true'],
  [/ call PATCH .*"timeoutSeconds"/, () => '"timeoutSeconds": (5|10),'],
  [/ call POST .*\/test /, () => '"outcome": "failure"'],
  [/ call GET \S*\/events\?limit=5"$/, ({ TYPE }) => `"type": "${TYPE}"`],
  [/ call GET \S*\/attempts$/, ({ EVENT }) => `"eventId": "${EVENT}"[^]*"number": 1`],
  [/ call GET \S*\/deliveries$/, () => '"state": "pending"'],
  [/ call GET \S*\/subscriptions\?event=/, ({ SUBSCRIPTION }) => `"id": "${SUBSCRIPTION}"`],
  [/ call GET \S*\/traffic$/, () => '"(failed|retrying)": [1-9]'],
  [/ call GET \/v1\/key$/, () => '"scopes": \\[\\s*"admin"'],
  [/ call GET \/v1\/projects$/, () => '"id": "demo"'],
];

interface Values {
  readonly SUBSCRIPTION: string;
  readonly EVENT: string;
  readonly TYPE: string;
  readonly KEY_ID: string;
  /** The dead letter of each lane, as it is called now. */
  readonly MESSAGES: Readonly<Record<Lane, string>>;
}

describe('the runbook, on a stack where everything went wrong:', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'ancrage-runbook-'));
  const stack = useStack({ dataDir });
  let receiver: Receiver;
  let sqs: SQSClient;
  beforeAll(async () => {
    receiver = await startReceiver();
    receiver.respond(status(503));
    const { region, accessKeyId, secretAccessKey, awsEndpointUrlSqs: endpoint } = stack().outputs;
    sqs = new SQSClient({ endpoint, region, credentials: { accessKeyId, secretAccessKey } });
    await Promise.all(LANES.map(poison));
  });
  afterAll(async () => {
    sqs.destroy();
    await receiver.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  const run = async (command: string, env: Readonly<Record<string, string>>) => {
    const child = spawn('bash', ['-euo', 'pipefail', '-c', command], {
      cwd: ROOT,
      env: { ...process.env, OUTPUTS: join(dataDir, 'outputs.json'), PROJECT: 'demo', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const [stdout, stderr, [exitCode]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'close'),
    ]);
    return { exitCode, stdout, stderr };
  };
  const urlOf = (lane: Lane, dead = '') => stack().queueUrls[`ancrage-local-${lane}${dead}-queue`] ?? '';

  let made = 0;
  /** A subscription whose breaker is open and holds a delivery. */
  const breakDown = async (): Promise<Omit<Values, 'MESSAGES'>> => {
    const type = `broken.${++made}`;
    const { id } = await stack().subscribe({ url: receiver.url(`/${type}?token=hush`), events: [type] });
    await stack().publish(Array.from({ length: 5 }, (_, n) => ({ type, id: `${type}-${n}`, data: {} })));
    const path = `/v1/projects/demo/subscriptions/${id}`;
    await eventually(async () => (await stack().call('GET', path)).body.health.state === 'open');
    // Who remembers it closed does so for ten seconds; a new function knows nothing.
    await stack().functions.terminate('deliver');
    await stack().publish({ type, id: `${type}-held`, data: {} });
    await eventually(async () =>
      (await stack().call('GET', `${path}/deliveries`)).body.data.some(({ held }: { held: boolean }) => held),
    );
    const { body: key } = await stack().call('POST', '/v1/projects/demo/keys', {
      name: type,
      scopes: ['publish'],
    });
    return { SUBSCRIPTION: id, EVENT: `${type}-0`, TYPE: type, KEY_ID: key.id };
  };
  const POISON = {
    events: '{"project": "demo", "type": "poison"',
    deliveries: '{"project": "demo", "subscriptionId": "sub_poisoned", "number": 1, "event": null}',
    retries: '{"project": "demo", "subscriptionId": "sub_poisoned", "number": 2, "event": null}',
  };
  const poison = async (lane: Lane) =>
    void (await sqs.send(new SendMessageCommand({ QueueUrl: urlOf(lane), MessageBody: POISON[lane] })));
  /** The message that a lane has given up, or gives up again after it was put back. */
  const givenUp = async (lane: Lane): Promise<string> => {
    let id = '';
    await eventually(async () => {
      [{ messageId: id } = { messageId: '' }] = await peek(sqs, urlOf(lane, '-dead-letter'), 10);
      return id !== '';
    });
    return id;
  };

  const { before, sections } = readRunbook();

  it('its commands are known to this test, and each placeholder of theirs is one that it explains', () => {
    const commands = [...before, ...sections.flatMap((section) => section.commands)];
    expect(commands.length).toBeGreaterThan(40);
    for (const command of commands) {
      expect(command).toMatch(/^npm run admin -- --outputs \$OUTPUTS /);
      expect([command, OUTPUTS.filter(([known]) => known.test(command)).length]).toEqual([command, 1]);
      const placeholders = command.match(/\$\w+/g) ?? [];
      const explained = ['OUTPUTS', 'PROJECT', 'SUBSCRIPTION', 'EVENT', 'TYPE', 'MESSAGE', 'KEY_ID'];
      for (const name of placeholders) expect(explained).toContain(name.slice(1));
    }
  });

  it.each([{ name: 'before the first alarm', commands: before }, ...sections])(
    'the commands of $name work',
    async ({ commands }) => {
      const broken = await breakDown();
      for (const command of commands) {
        const [events, deliveries, retries] = await Promise.all(LANES.map(givenUp));
        const MESSAGES = { events, deliveries, retries } as Values['MESSAGES'];
        const lane = LANES.find((each) => command.includes(` ${each}`)) ?? 'events';
        const ended = await run(command, { ...broken, MESSAGE: MESSAGES[lane] });
        expect({ command, ...ended }).toMatchObject({ command, exitCode: 0 });
        const expected = OUTPUTS.find(([known]) => known.test(command))?.[1]({ ...broken, MESSAGES }) ?? '^$';
        expect(ended.stdout, command).toMatch(new RegExp(expected, 'm'));
        // What an operator copies into a ticket has no credential of a hook URL in it.
        if (!command.includes(' call ')) expect(ended.stdout).not.toContain('hush');
        if (command.includes(' discard ')) await poison(lane);
      }
    },
  );
});
