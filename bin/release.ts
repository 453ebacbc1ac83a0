import { readFileSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { program } from 'commander';
import { VERSION } from '../core/kernel/version.ts';
import { writeRelease } from './release/write-release.ts';

const ROOT = resolve(import.meta.dirname, '..');

const { bucketPrefix, out } = program
  .name('npm run release --')
  .description(
    'Write templates that CloudFormation can launch without the CDK, and their assets, into a folder.',
  )
  .requiredOption('--bucket-prefix <name>', 'the folder is copied to the buckets <name>-<region>')
  .option('--out <folder>', 'where to write', 'release')
  .parse()
  .opts<{ bucketPrefix: string; out: string }>();

const { context } = JSON.parse(readFileSync(resolve(ROOT, 'cdk.json'), 'utf8'));
rmSync(resolve(out, VERSION), { recursive: true, force: true });
const keys = writeRelease({ version: VERSION, bucketPrefix, context }, resolve(out));
for (const key of keys) console.log(`${out}/${key}`);
console.log(`
For each region, copy the folder to its bucket, which the accounts that launch it may read:
  aws s3 sync ${out} s3://${bucketPrefix}-REGION
Then anybody can launch it:
  https://console.aws.amazon.com/cloudformation/home?region=REGION#/stacks/create/review?stackName=Ancrage-prod&templateURL=https://${bucketPrefix}-REGION.s3.REGION.amazonaws.com/${VERSION}/prod.template.json`);
