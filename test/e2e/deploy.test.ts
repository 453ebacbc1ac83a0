import { chmodSync, cpSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { freePort } from '../../local/engines/free-port.ts';
import { useCli } from '../support/cli.ts';

/** What Lambda answers: https://docs.aws.amazon.com/lambda/latest/api/API_GetAccountSettings.html */
const settingsWith = (concurrent: number, unreserved = concurrent) => ({
  status: 200,
  body: {
    AccountLimit: {
      TotalCodeSize: 80_530_636_800,
      CodeSizeUnzipped: 262_144_000,
      CodeSizeZipped: 52_428_800,
      ConcurrentExecutions: concurrent,
      UnreservedConcurrentExecutions: unreserved,
    },
    AccountUsage: { TotalCodeSize: 0, FunctionCount: 0 },
  },
});
const DENIED = { status: 403, body: { Message: 'User: … is not authorized to perform this action' } };

describe('the quota of concurrent executions', () => {
  const deploy = useCli('deploy');
  const smoke = useCli('smoke');
  let answer: { status: number; body: object };
  let asked: string[];
  const lambda = createServer((request, response) => {
    asked.push(
      `${request.method} ${request.url} ${/Credential=\w+\/\d+\/([\w-]+)/.exec(request.headers.authorization ?? '')?.[1]}`,
    );
    const errorType = answer.status === 200 ? {} : { 'x-amzn-errortype': 'AccessDeniedException' };
    response.writeHead(answer.status, { 'content-type': 'application/json', ...errorType });
    response.end(JSON.stringify(answer.body));
  });
  beforeAll(async () => {
    await new Promise<void>((listening) => lambda.listen(0, '127.0.0.1', listening));
    cpSync('cdk.json', join(deploy.home, 'cdk.json'));
    // Stands in for the CDK, which would need an account.
    const cdk = join(deploy.home, 'cdk');
    writeFileSync(
      cdk,
      `#!${process.execPath}\nconsole.log(JSON.stringify(process.argv.slice(2))); process.exit(7);\n`,
    );
    chmodSync(cdk, 0o755);
  });
  afterAll(() => void lambda.close());
  beforeEach(() => {
    answer = settingsWith(10);
    asked = [];
  });

  const env = () => {
    const { port } = lambda.address() as { port: number };
    return {
      PATH: `${deploy.home}:${process.env.PATH}`,
      AWS_ENDPOINT_URL_LAMBDA: `http://127.0.0.1:${port}`,
      AWS_ACCESS_KEY_ID: 'someone',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_DEFAULT_REGION: 'eu-west-3',
    };
  };
  const run = (args: readonly string[], more: Record<string, string> = {}) =>
    deploy.run(args, { ...env(), ...more });

  it('is read before a deployment, which gets the same arguments and returns the same exit code', async () => {
    const args = ['-c', 'stage=dev', '--outputs-file', 'cdk-outputs.json', '--all'];
    const { exitCode, stdout, stderr } = await run(args);
    expect(asked).toEqual(['GET /2016-08-19/account-settings eu-west-3']);
    expect(stderr.trim().split('\n')).toEqual([expect.stringMatching(/up to 10 of them\.$/)]);
    expect(JSON.parse(stdout)).toEqual(['deploy', ...args]);
    expect(exitCode).toBe(7);
  });

  it('does not stop the deployment of lanes above it', async () => {
    const { stdout, stderr } = await run([
      '--context=stage=prod',
      '-c',
      'lanes={"deliveries":{"maxConcurrency":20}}',
    ]);
    expect(stderr).toContain("10 for the stage's lanes, which take up to 160");
    expect(stderr).toContain('Set "lanes": {"events":{"maxConcurrency":2}');
    expect(stdout).toContain('deploy');
  });

  it('refuses reservations above it, and deploys nothing', async () => {
    const reservation = 'reservedConcurrency={"publish":50}';
    const refused = await run(['-c', 'stage=prod', '-c', reservation]);
    expect(refused).toMatchObject({ exitCode: 1, stdout: '' });
    expect(refused.stderr).toContain('Remove "reservedConcurrency"');
    answer = settingsWith(1000);
    expect((await run(['-c', 'stage=prod', '-c', reservation])).exitCode).toBe(7);
  });

  it('reports invalid settings as the synthesis would', async () => {
    const refused = await run(['-c', 'stage=prod', '-c', 'logLevel=LOUD', '-c', 'retentionDays=1']);
    expect(refused).toMatchObject({ exitCode: 1, stdout: '' });
    for (const setting of ['logLevel', 'retentionDays']) expect(refused.stderr).toContain(setting);
    expect(asked).toEqual([]);
  });

  it('is not read for help, nor for a synthesised app', async () => {
    for (const args of [['--help'], ['--app', 'cdk.out'], ['-a', 'cdk.out']]) {
      const { stdout, stderr } = await run(args);
      expect(JSON.parse(stdout)).toEqual(['deploy', ...args]);
      expect(stderr).toBe('');
    }
    expect(asked).toEqual([]);
  });

  it.each<[string, Record<string, string>]>([
    ['permission', {}],
    [
      'credentials',
      {
        AWS_ACCESS_KEY_ID: '',
        AWS_SECRET_ACCESS_KEY: '',
        AWS_EC2_METADATA_DISABLED: 'true',
        HOME: '/nowhere',
      },
    ],
    ['region', { AWS_DEFAULT_REGION: '', HOME: '/nowhere' }],
  ])('cannot be read without %s, which is one line and no obstacle', async (_, more) => {
    answer = DENIED;
    const { exitCode, stdout, stderr } = await run(['-c', 'stage=prod'], more);
    expect(stderr.trim().split('\n')).toEqual([
      expect.stringMatching(/^The account's quota .* could not be read \(lambda:GetAccountSettings\): \S/),
    ]);
    expect(JSON.parse(stdout)).toEqual(['deploy', '-c', 'stage=prod']);
    expect(exitCode).toBe(7);
  });

  it('is part of the smoke test, which reads the lanes from the outputs', async () => {
    const [lanes] = /"lanes.*/.exec((await run(['-c', 'stage=prod'])).stderr) ?? [];
    expect(lanes).toBeDefined();
    writeFileSync(
      join(smoke.home, 'cdk-outputs.json'),
      JSON.stringify({
        'Ancrage-prod': {
          TableName: 'table',
          ApiUrl: `http://127.0.0.1:${await freePort()}`,
          EventsQueueArn: 'arn:aws:sqs:eu-west-1:123456789012:events',
          Concurrency: JSON.stringify({
            lanes: { events: 20, internal: 20, deliveries: 200, retries: 50, pumps: 50 },
            reserved: 0,
          }),
        },
      }),
    );
    asked = [];
    const { stdout } = await smoke.run(['--timeout', '1'], env());
    expect(stdout.split('\n')[1]).toContain(lanes);
    // The stack's own region, whatever the caller's is.
    expect(asked).toEqual(['GET /2016-08-19/account-settings eu-west-1']);
  });
});
