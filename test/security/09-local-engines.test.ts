import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type IncomingHttpHeaders, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { GetQueueAttributesCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest';
import { Access } from '../../local/access/access.ts';
import { newCredentials } from '../../local/access/access-keys.ts';
import { askOverHttp } from '../../local/access/ask-over-http.ts';
import { startGate } from '../../local/access/gate.ts';
import { listenOnLoopback } from '../../local/http/loopback.ts';
import { type LocalStack, startLocalStack } from '../../local/local-stack.ts';
import {
  descendantsOf,
  expectOneSentence,
  readOutputs,
  run,
  startedMain,
  startMain,
  temporaryDir,
} from '../integration/local/local-process.ts';

type Headers = Readonly<Record<string, string>>;
type Service = 'dynamodb' | 'sqs';

const EVIL = 'https://evil.example';
const JSON_PROTOCOL = 'application/x-amz-json-1.0';

interface Sent {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Headers;
  readonly body?: string;
}

/** Send a request with any headers, including those that browsers and `fetch` set themselves. */
async function send(endpoint: string, { method = 'POST', path = '/', headers = {}, body = '' }: Sent) {
  const { hostname, port } = new URL(endpoint);
  const sent = request({ host: hostname, port, method, path, headers });
  sent.end(body);
  const [response] = await once(sent, 'response');
  const { statusCode: status, headers: answered } = response;
  return { status: status as number, headers: answered as IncomingHttpHeaders, body: await text(response) };
}

const signedBy = (accessKeyId: string): Headers => ({
  authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20260101/us-east-1/x/aws4_request, SignedHeaders=host, Signature=0`,
  'x-amz-date': '20260101T000000Z',
});

const portOf = (endpoint: string): string => new URL(endpoint).port;

describe.each([
  ['with grants enforced', true],
  ['without grants enforced', false],
])('a web page that a developer visits while a local stack runs, %s', (_, enforceGrants) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'ancrage-security-'));
  let stack: LocalStack;
  let dynamodb: DynamoDBClient;
  let sqs: SQSClient;
  let QueueUrl: string;
  beforeAll(async () => {
    const cdkOut = inject('cdkOut');
    stack = await startLocalStack({
      port: 0,
      dataDir,
      ephemeral: false,
      guard: false,
      cdkOut,
      enforceGrants,
    });
    const { region, accessKeyId, secretAccessKey } = stack.outputs;
    const settings = () => ({ region, credentials: { accessKeyId, secretAccessKey } });
    dynamodb = new DynamoDBClient({ ...settings(), endpoint: stack.outputs.awsEndpointUrlDynamodb });
    sqs = new SQSClient({ ...settings(), endpoint: stack.outputs.awsEndpointUrlSqs });
    // No function receives its messages.
    QueueUrl = stack.queueUrls['ancrage-local-events-dead-letter-queue'] ?? '';
  });
  afterAll(async () => {
    dynamodb.destroy();
    sqs.destroy();
    await stack.stop();
    rmSync(dataDir, { recursive: true });
  });

  const endpointOf = (service: Service): string =>
    service === 'sqs' ? stack.outputs.awsEndpointUrlSqs : stack.outputs.awsEndpointUrlDynamodb;
  const Key = { pk: { S: 'evil' }, sk: { S: 'evil' } };

  /** A request that writes, with everything that the page should not know. */
  const write = (service: Service): Required<Pick<Sent, 'headers' | 'body'>> => {
    const headers = { ...signedBy(stack.outputs.accessKeyId), 'content-type': JSON_PROTOCOL };
    return service === 'sqs'
      ? {
          headers: { ...headers, 'x-amz-target': 'AmazonSQS.SendMessage' },
          body: JSON.stringify({ QueueUrl, MessageBody: 'evil' }),
        }
      : {
          headers: { ...headers, 'x-amz-target': 'DynamoDB_20120810.PutItem' },
          body: JSON.stringify({ TableName: stack.outputs.tableName, Item: Key }),
        };
  };
  async function written(service: Service): Promise<boolean> {
    if (service === 'dynamodb') {
      const get = new GetItemCommand({ TableName: stack.outputs.tableName, Key, ConsistentRead: true });
      return (await dynamodb.send(get)).Item !== undefined;
    }
    const AttributeNames = ['ApproximateNumberOfMessages' as const];
    const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames }));
    return Attributes?.ApproximateNumberOfMessages !== '0';
  }

  const ATTACKS: readonly [string, (port: string) => Headers][] = [
    ['a fetch from another origin', () => ({ origin: EVIL })],
    ['a fetch from a sandboxed frame', () => ({ origin: 'null' })],
    ['a fetch from another local port', () => ({ origin: 'http://localhost:5173' })],
    ['a fetch from its own origin after DNS rebinding', (port) => ({ origin: `http://127.0.0.1:${port}` })],
    ['a fetch with no-cors', () => ({ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' })],
    ['a form', () => ({ 'content-type': 'application/x-www-form-urlencoded' })],
    ['a form with a file', () => ({ 'content-type': 'multipart/form-data; boundary=x' })],
    ['a form of plain text', () => ({ 'content-type': 'text/plain' })],
    ['a name that resolves to 127.0.0.1', (port) => ({ host: `evil.example:${port}` })],
    ['a name that begins like loopback', (port) => ({ host: `127.0.0.1.evil.example:${port}` })],
    ['a name that ends like loopback', (port) => ({ host: `evil.localhost:${port}` })],
    ['the address of every interface', (port) => ({ host: `0.0.0.0:${port}` })],
    ['the host of another port', () => ({ host: '127.0.0.1:1' })],
    ['a host without a port', () => ({ host: 'localhost' })],
  ];

  describe.each(['dynamodb', 'sqs'] as const)('%s', (service) => {
    it.each(ATTACKS)('refuses %s, even with the access key', async (__, headersOf) => {
      const { headers, body } = write(service);
      const attack = headersOf(portOf(endpointOf(service)));

      const answer = await send(endpointOf(service), { headers: { ...headers, ...attack }, body });

      expect(answer.status).toBe(403);
      expect(JSON.parse(answer.body)).toEqual({
        __type: 'com.amazon.coral.service#AccessDeniedException',
        Message: expect.stringMatching(/refused/),
      });
      expect(Object.keys(answer.headers).join()).not.toContain('access-control');
      expect(await written(service)).toBe(false);
    });

    it.each([
      ['none', () => ({ authorization: '' })],
      ['the one of earlier versions', () => signedBy('local')],
      ['the one of another stack', () => signedBy(`local-${'0'.repeat(32)}`)],
      ['a guessed one of a function', () => signedBy('local-deliver')],
      ['the beginning of the right one', () => signedBy(stack.outputs.accessKeyId.slice(0, -1))],
    ])('refuses an access key: %s', async (__, authorization) => {
      const { headers, body } = write(service);

      const answer = await send(endpointOf(service), { headers: { ...headers, ...authorization() }, body });

      expect(answer.status).toBe(service === 'sqs' ? 403 : 400);
      expect(answer.body).toContain('UnrecognizedClientException');
      expect(await written(service)).toBe(false);
    });

    it('answers no preflight, so that a page cannot set the headers that a call needs', async () => {
      const answer = await send(endpointOf(service), {
        method: 'OPTIONS',
        headers: {
          origin: EVIL,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'authorization,content-type,x-amz-target',
          'access-control-request-private-network': 'true',
        },
      });

      expect(answer.status).toBe(403);
      expect(Object.keys(answer.headers).join()).not.toContain('access-control');
    });

    it.each(['/', '/_fauxqs/queues', '/_fauxqs/queues/ancrage-local-events-queue', '/health', '/bucket'])(
      'shows nothing at GET %s to an image or a frame',
      async (path) => {
        const { headers } = await send(endpointOf(service), { method: 'GET', path });
        expect(Object.keys(headers).join()).not.toContain('access-control');
        for (const page of [{}, { 'sec-fetch-site': 'cross-site' }] as Headers[]) {
          const { status } = await send(endpointOf(service), { method: 'GET', path, headers: page });
          expect([400, 403]).toContain(status);
        }
      },
    );
  });

  it.each(['/', '/v1/projects', '/openapi.json', '/assets/x.js'])(
    'cannot reach %s of the API and the console by a name of its own',
    async (path) => {
      const { apiUrl, adminKey } = stack.outputs;
      const headers = { authorization: `Bearer ${adminKey}`, accept: 'text/html' };
      for (const host of ['evil.example', `evil.example:${portOf(apiUrl)}`, '127.0.0.1.evil.example']) {
        const answer = await send(apiUrl, { method: 'GET', path, headers: { ...headers, host } });
        expect([host, answer.status]).toEqual([host, 403]);
      }
    },
  );

  it('leaves the API and the console reachable through a forwarded port', async () => {
    for (const host of ['localhost:8080', '127.0.0.1', '[::1]:3000']) {
      const { status } = await send(stack.outputs.apiUrl, {
        method: 'GET',
        headers: { accept: 'text/html', host },
      });
      expect([host, status]).toEqual([host, 200]);
    }
  });

  it('leaves clients with the credentials of outputs.json alone', async () => {
    expect(await Promise.all([written('dynamodb'), written('sqs')])).toEqual([false, false]);

    await dynamodb.send(new PutItemCommand({ TableName: stack.outputs.tableName, Item: Key }));
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'fine' }));

    expect(await Promise.all([written('dynamodb'), written('sqs')])).toEqual([true, true]);
  });

  it('would have written with the same requests, had they not been those of a page', async () => {
    for (const service of ['dynamodb', 'sqs'] as const)
      expect(await send(endpointOf(service), write(service))).toMatchObject({ status: 200 });
  });

  it("gives no function the developer's credentials, nor two functions the same", () => {
    const { accessKeyId, secretAccessKey } = stack.outputs;
    const environments = stack.functions.names.map((name) => stack.functions.environmentOf(name));
    for (const environment of environments) {
      const values = Object.values(environment).join('\n');
      expect(values).not.toContain(secretAccessKey);
      expect(values).not.toContain(accessKeyId.slice('local-'.length));
    }
    const keys = environments.map(({ AWS_ACCESS_KEY_ID }) => AWS_ACCESS_KEY_ID);
    expect(new Set(keys).size).toBe(stack.functions.names.length);
  });
});

describe('an engine that lets every page read its responses', () => {
  it('loses the headers for that at the gate', async () => {
    const engine = await listenOnLoopback(
      createServer((_, response) =>
        response
          .writeHead(200, { 'access-control-allow-origin': '*', 'access-control-max-age': '1', 'x-own': '1' })
          .end('{}'),
      ),
    );
    onTestFinished(() => engine.stop());
    const credentials = newCredentials();
    const access = new Access({ credentials, enforceGrants: false, log: () => {} });
    const upstream = askOverHttp(engine.endpoint);
    const gate = await startGate('dynamodb', upstream.ask, access);
    onTestFinished(async () => {
      upstream.close();
      await gate.stop();
    });

    const { status, headers } = await send(gate.endpoint, { headers: signedBy(credentials.accessKeyId) });

    expect([status, headers['x-own']]).toEqual([200, '1']);
    expect(Object.keys(headers).join()).not.toContain('access-control');
  });
});

describe.skipIf(process.platform !== 'linux')('a running `npm start`', () => {
  it('listens on loopback alone, and at 127.0.0.1 no port answers a page', async () => {
    const main = await startedMain(temporaryDir());
    const listening = [main.pid, ...descendantsOf(main.pid)].flatMap(socketsOf);

    expect(listening.length).toBeGreaterThanOrEqual(4);
    expect(listening.filter(({ address }) => !address.startsWith('127.'))).toEqual([]);
    const reachable = listening.filter(({ address }) => address === '127.0.0.1');
    // The API and the four gates; the table's engine has an address that no page can guess.
    expect(reachable).toHaveLength(5);
    for (const { port } of reachable) {
      const answer = await send(`http://127.0.0.1:${port}`, {
        method: 'OPTIONS',
        headers: { origin: EVIL, 'access-control-request-method': 'POST' },
      });
      expect(Object.keys(answer.headers).join()).not.toContain('access-control');
    }
  });

  it('has other credentials than any other stack, and keeps them', async () => {
    const dataDir = temporaryDir();
    writeFileSync(
      join(dataDir, 'outputs.json'),
      JSON.stringify({ accessKeyId: 'local', secretAccessKey: 'local' }),
    );
    const first = await startedMain(dataDir);
    await first.kill('SIGTERM');
    const [again, other] = await Promise.all([startedMain(dataDir), startedMain(temporaryDir())]);

    const keysOf = ({ outputs }: { outputs: ReturnType<typeof readOutputs> }) => [
      outputs.accessKeyId,
      outputs.secretAccessKey,
    ];
    expect(keysOf(first)).not.toContain('local');
    expect(keysOf(again)).toEqual(keysOf(first));
    expect(keysOf(other)).not.toEqual(keysOf(first));
  });
});

describe('other users of the machine', () => {
  /** Every file and directory below a path that other users may read, write or enter. */
  const open = (path: string): string[] => {
    const stats = lstatSync(path);
    if (stats.isSymbolicLink()) return [];
    const below = stats.isDirectory() ? readdirSync(path).flatMap((name) => open(join(path, name))) : [];
    return (stats.mode & 0o077) === 0 ? below : [path, ...below];
  };
  const WITHOUT_UMASK = { preload: ['data:text/javascript,process.umask(0)'] };

  it('cannot read the data or write the bundles, whatever the umask is', async () => {
    // Below the repository, as by default: its package.json must not change what the bundles are.
    const dataDir = join(temporaryDir(resolve('.local')), 'new');
    const main = run('local/main.ts', ['--port', '0', '--data-dir', dataDir], WITHOUT_UMASK);
    await main.prints('Ancrage is ready\n');
    const { apiUrl, adminKey } = readOutputs(dataDir);
    const headers = { authorization: `Bearer ${adminKey}` };
    await send(apiUrl, { method: 'GET', path: '/v1/projects', headers });

    expect(readdirSync(dataDir)).toEqual(
      expect.arrayContaining(['cdk.out', 'dynamodb.sqlite', 'lock', 'logs', 'outputs.json', 'sqs']),
    );
    expect(open(dataDir)).toEqual([]);
    await main.kill('SIGTERM');
    expect(open(dataDir)).toEqual([]);
  });

  it('lose the access that an earlier version gave them, and the developer is told', async () => {
    const dataDir = temporaryDir();
    for (const directory of ['logs', 'sqs']) mkdirSync(join(dataDir, directory), { mode: 0o777 });
    const files = ['outputs.json', 'logs/deliver.log', 'sqs/fauxqs.db', 'dynamodb.sqlite', 'mine.txt'];
    for (const file of files) {
      writeFileSync(join(dataDir, file), '');
      chmodSync(join(dataDir, file), 0o666);
    }
    chmodSync(dataDir, 0o777);

    const main = startMain(['--data-dir', dataDir], WITHOUT_UMASK);
    await main.prints('Ancrage is ready\n');

    expect(main.stdout()).toContain(`${dataDir} was open to other users (mode 777): its mode is now 700\n`);
    // The stack does not touch the user's own file, which others cannot reach through the closed directory.
    expect(open(dataDir)).toEqual([join(dataDir, 'mine.txt')]);
    expect(statSync(dataDir).mode & 0o777).toBe(0o700);
  });

  it('cannot make a stack run in a directory that users share', async () => {
    const dataDir = temporaryDir();
    chmodSync(dataDir, 0o1777);

    await expectOneSentence(
      startMain(['--data-dir', dataDir]),
      /is a directory that users share: .*--data-dir/,
    );

    expect(statSync(dataDir).mode & 0o7777).toBe(0o1777);
  });

  it.skipIf(process.getuid?.() !== 0)('cannot make a stack run in a directory of theirs', async () => {
    const dataDir = temporaryDir();
    chownSync(dataDir, 12345, 12345);

    await expectOneSentence(
      startMain(['--data-dir', dataDir]),
      /belongs to another user \(12345\).*--data-dir/,
    );

    expect(readdirSync(dataDir)).toEqual([]);
  });
});

interface Listening {
  readonly address: string;
  readonly port: number;
}

/** Return the addresses at which a process accepts TCP connections: https://docs.kernel.org/networking/proc_net_tcp.html */
function socketsOf(pid: number): Listening[] {
  const inodes = new Set(
    readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      try {
        return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? [];
      } catch {
        // Closed meanwhile.
        return [];
      }
    }),
  );
  return ['tcp', 'tcp6'].flatMap((table) =>
    readFileSync(`/proc/${pid}/net/${table}`, 'utf8')
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter((fields) => fields[3] === LISTEN && inodes.has(fields[9] ?? ''))
      .map(([, local = '']) => {
        const [address = '', port = ''] = local.split(':');
        return { address: readable(address), port: Number.parseInt(port, 16) };
      }),
  );
}

const LISTEN = '0A';

/** `0100007F` is 127.0.0.1, in the machine's byte order. IPv6 addresses stay as they are. */
const readable = (address: string): string =>
  address.length === 8 ? [...Buffer.from(address, 'hex')].reverse().join('.') : address;
