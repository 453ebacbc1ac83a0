import { describe, expect, it } from 'vitest';
import { useCli } from '../../support/cli.ts';

/** Without an account: what is wrong with a command line is found before the first call. */
describe('npm run live', () => {
  const cli = useCli('live');
  // Nobody listens there: a call would fail with another exit code.
  const env = {
    ...{ AWS_ENDPOINT_URL: 'http://127.0.0.1:9', AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' },
    AWS_MAX_ATTEMPTS: '1',
  };
  const REGION = ['--region', 'eu-west-1'];

  it.each([
    ['a stage that is not thrown away', [...REGION, '--stage', 'prod'], 'It must be "live-"'],
    ['no region', [], 'Pass --region, or set AWS_REGION.'],
    ['a region that is none', ['--region', 'Ireland'], 'It must be a region such as eu-west-1.'],
    [
      'the same region twice',
      [...REGION, '--second-region', 'eu-west-1'],
      'The second region is the first one.',
    ],
    ['a domain without a certificate', [...REGION, '--domain', 'a.example.com'], 'belong together'],
    ['settings that are no JSON', [...REGION, '--settings', '{'], '--settings is not JSON: {'],
    ['a setting that does not exist', [...REGION, '--settings', '{"lane": 1}'], 'has no setting "lane"'],
    ['too many events', [...REGION, '--events', '1001'], 'It must be a whole number from 1 to 1000.'],
    ['the removal of no stage', [...REGION, '--remove-only'], '--remove-only needs --stage.'],
  ])('refuses %s', async (_, args, message) => {
    const { exitCode, stderr, stdout } = await cli.run(args, env);
    expect(stderr).toContain(message);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  });

  it('creates nothing and fails where AWS cannot be called', async () => {
    const { exitCode, stderr } = await cli.run([...REGION, '--yes'], env);
    expect(stderr).toContain('Cannot connect (ECONNREFUSED)');
    expect(exitCode).toBe(1);
  });
});
