import { App, CliCredentialsStackSynthesizer, type IStackSynthesizer } from 'aws-cdk-lib';
import { AncrageStack } from '../../lib/ancrage-stack.ts';
import { addChecks } from '../../lib/checks.ts';
import { readStage } from '../../lib/stage-context.ts';

export interface Release {
  readonly version: string;
  /** The buckets are called `<prefix>-<region>`: the code of a function is in a bucket of its region. */
  readonly bucketPrefix: string;
  /** The context of `cdk.json`: the settings of the stages, and the feature flags of the CDK. */
  readonly context: Readonly<Record<string, unknown>>;
}

/**
 * Synthesise a stage. Its template finds its assets in the region's bucket under `<version>/`, and needs neither the CDK nor its
 * bootstrap.
 *
 * @param outdir the folder of the cloud assembly
 */
export function synthesizeReleased(
  stage: string,
  { version, bucketPrefix, context }: Release,
  outdir: string,
): void {
  const app = new App({ outdir, context: { ...context, stage } });
  const synthesizer = new CliCredentialsStackSynthesizer({
    fileAssetsBucketName: `${bucketPrefix}-\${AWS::Region}`,
    bucketPrefix: `${version}/`,
  }) as IStackSynthesizer;
  new AncrageStack(app, `Ancrage-${stage}`, { settings: readStage(app.node), synthesizer });
  addChecks(app);
  app.synth();
}
