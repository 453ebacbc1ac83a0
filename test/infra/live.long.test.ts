import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from 'vitest';
import { live } from '../../bin/live/live.ts';
import type { LiveOptions } from '../../bin/live/options.ts';
import type { Place } from '../../bin/live/place.ts';
import { run } from '../emulate/cloud.ts';
import { leftovers } from '../emulate/leftovers.ts';
import { CANNOT, type EmulatorPlace, emulatorPlace } from '../emulate/live-place.ts';
import { ACCOUNT, type Ministack, REGION, startMinistack } from '../emulate/ministack.ts';
import { describeWith, pythonWith } from '../support/tool-chains.ts';

const SECOND_REGION = 'eu-central-1';
/** The commit of version 0.1.0, and this version where the history does not reach back to it. */
const RELEASE = 'a49b39fb';
const FROM = isInHistory(RELEASE) ? RELEASE : resolve('.');

function isInHistory(commit: string): boolean {
  try {
    execFileSync('git', ['cat-file', '-e', `${commit}^{commit}`], { stdio: 'ignore' });
    return true;
  } catch {
    console.log(`The history lacks ${commit}: the live run upgrades from this version to itself.`);
    return false;
  }
}

/** The steps of `npm run live`, on an emulator of AWS. What it lacks is in `test/emulate/live-place.ts`. */
describeWith(['python3'], 'npm run live on an emulator', () => {
  const home = mkdtempSync(join(tmpdir(), 'ancrage-live-'));
  let ministack: Ministack;
  let place: EmulatorPlace;

  beforeAll(async () => {
    const programs = await pythonWith('test/emulate/requirements.txt');
    ministack = await startMinistack({ programs, enforcesIam: false, logFile: join(home, 'ministack.log') });
    const regions = [REGION, SECOND_REGION].map((region) => `aws://${ACCOUNT}/${region}`);
    await run(ministack, 'node_modules/aws-cdk/bin/cdk', ['bootstrap', ...regions, '--no-notices'], {
      CI: 'true',
    });
    for (const name of Object.keys(process.env))
      if (/^(AWS_|ANCRAGE_|CDK_)/.test(name)) vi.stubEnv(name, undefined);
    for (const [name, value] of Object.entries(ministack.environment)) vi.stubEnv(name, value);
    place = emulatorPlace();
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await place?.stop();
    await ministack?.stop();
    rmSync(home, { recursive: true });
  });

  const reportFile = join(home, 'report.md');
  /** @returns whether nothing failed, and the cells of each step's row in the report */
  async function runLive(given: Partial<LiveOptions>, where: Place, signal = new AbortController().signal) {
    const options = {
      ...{ stage: 'live-test', region: REGION, secondRegion: undefined, from: undefined, settings: {} },
      ...{ events: 20, keep: false },
      ...given,
    };
    onTestFinished(() => rmSync(resolve('.local/live', options.stage), { recursive: true, force: true }));
    const terminal = { tell: () => {}, confirm: async () => true, signal };
    const isDone = await live(options, where, terminal, reportFile);
    const report = readFileSync(reportFile, 'utf8');
    const rows = [...report.matchAll(/^\| (.+) \| (✓|✗|– skipped) \| [\d.]+ \| (.*) \|$/gm)];
    const steps = Object.fromEntries(rows.map(([, name = '', result, detail]) => [name, { result, detail }]));
    return { isDone, report, steps };
  }

  it('does every step that the emulator can do, reports the others as skipped, and removes what is left', async () => {
    const prefix = 'ancrage-live-test-';
    const leaves: Place = {
      ...place,
      async reach(outputs) {
        if (outputs.EventsQueueArn?.includes(SECOND_REGION)) await leaveSomething();
        return place.reach(outputs);
      },
    };
    const { isDone, report, steps } = await runLive({ secondRegion: SECOND_REGION, from: FROM }, leaves);
    expect(report).not.toContain('What failed');
    expect(isDone).toBe(true);
    const skipped = Object.entries(steps).filter(([, { result }]) => result === '– skipped');
    expect(Object.fromEntries(skipped.map(([name, { detail }]) => [name, detail]))).toEqual(CANNOT);
    expect(Object.keys(steps)).toEqual([
      ...['account', 'release', 'release smoke', 'data', 'deploy', 'upgrade', 'mappings', 'smoke'],
      ...[
        'console',
        'bearer',
        'not-found',
        'domain',
        'load',
        'second region',
        'restore',
        'remove',
        'clean up',
      ],
    ]);
    expect(steps.remove?.detail).toMatch(
      /deleted 2 stacks, and what was left: queue \S+LeftQueue, bucket \S+left/,
    );
    expect(steps.restore?.detail).toContain('encrypted secrets: passed');
    expect(report).toContain('| load | delivered events | 40 |');
    expect(report).toContain('| load | dead letters | 0 |');
    expect(await leftovers(ministack)).toEqual([]);

    async function leaveSomething(): Promise<void> {
      const sqs = new SQSClient({ region: SECOND_REGION });
      await sqs.send(new CreateQueueCommand({ QueueName: 'Ancrage-live-test-LeftQueue' }));
      const s3 = new S3Client({ region: SECOND_REGION, forcePathStyle: true });
      const Bucket = `${prefix}left`;
      const CreateBucketConfiguration = { LocationConstraint: SECOND_REGION } as const;
      await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration }));
      await s3.send(new PutObjectCommand({ Bucket, Key: 'object', Body: 'text' }));
    }
  }, 900_000);

  it('removes a stage whose deployment is interrupted, and says that it has failed', async () => {
    const controller = new AbortController();
    const interrupted: Place = {
      ...place,
      adapt(file) {
        place.adapt(file);
        // While the CDK is starting or deploying: both must be cleaned up after.
        setTimeout(() => controller.abort(), 2500);
      },
    };
    const { isDone, steps } = await runLive({}, interrupted, controller.signal);
    expect(isDone).toBe(false);
    expect(steps).toMatchObject({
      account: { result: '✓' },
      deploy: { result: '✗', detail: 'interrupted' },
      smoke: { result: '– skipped', detail: 'interrupted' },
      remove: { result: '✓' },
    });
    expect(await leftovers(ministack)).toEqual([]);
  }, 300_000);

  it('refuses a stage that has something already, and creates nothing', async () => {
    const sqs = new SQSClient({ region: REGION });
    const { QueueUrl } = await sqs.send(
      new CreateQueueCommand({ QueueName: 'Ancrage-live-there-EventsQueue' }),
    );
    await expect(runLive({ stage: 'live-there' }, place)).rejects.toThrow(
      /has something of the stage "live-there" already: queue .*Ancrage-live-there-EventsQueue/,
    );
    expect(await leftovers(ministack)).toEqual([`queue ${QueueUrl}`]);
  });
});
