import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { App } from 'aws-cdk-lib';
import { concurrencyOf } from '../lib/concurrency.ts';
import { SettingsError, stageConfig } from '../lib/config.ts';
import { readStage } from '../lib/stage-context.ts';
import { checkConcurrency } from './concurrency/quota.ts';

/** `cdk deploy` with the same arguments, after a look at what the account allows. */

const args = process.argv.slice(2);
const { values } = parseArgs({
  args,
  // The other options are the CDK's business.
  strict: false,
  options: {
    context: { type: 'string', short: 'c', multiple: true },
    app: { type: 'string', short: 'a' },
    profile: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  },
});

if (values.help !== true && values.app === undefined && (await isRefused())) process.exitCode = 1;
else process.exitCode = await deploy();

/** Print what the account's quota of concurrent executions means for the stage. */
async function isRefused(): Promise<boolean> {
  const { context } = JSON.parse(readFileSync('cdk.json', 'utf8'));
  const { node } = new App({ context: { ...context, ...given() } });
  try {
    const need = concurrencyOf(stageConfig(readStage(node)));
    const { profile } = values;
    const { isRefused, text } = await checkConcurrency(need, {
      // The CDK reads either variable, the SDK only the first.
      region: process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION,
      profile: typeof profile === 'string' ? profile : undefined,
    });
    console.error(text);
    return isRefused;
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    console.error(error.message);
    return true;
  }
}

/** Return the context on the command line: `-c name=value`. */
function given(): Record<string, string> {
  const pairs = (values.context ?? []) as string[];
  return Object.fromEntries(
    pairs.map((pair) => {
      const [name = '', ...value] = pair.split('=');
      return [name, value.join('=')];
    }),
  );
}

async function deploy(): Promise<number> {
  const cdk = spawn('cdk', ['deploy', ...args], { stdio: 'inherit' });
  // Ctrl-C reaches the CDK as well, which decides what to do.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => cdk.kill());
  const [code] = await once(cdk, 'exit');
  return code ?? 1;
}
