import { App } from 'aws-cdk-lib';
import { AncrageStack } from '../lib/ancrage-stack.ts';
import { addChecks } from '../lib/checks.ts';
import { SettingsError, stageConfig } from '../lib/config.ts';
import { tagEverything } from '../lib/constructs/govern.ts';
import type { AncrageSettings } from '../lib/settings.ts';
import { readStage } from '../lib/stage-context.ts';
import { WebAclStack } from '../lib/web-acl-stack.ts';

const app = new App();
const settings = readSettings();
const { stage } = settings;
const name = `Ancrage-${stage}`;

if (settings.webAcl === 'managed') {
  // The CDK can only refer to a stack in another region if this stack has an explicit region, that of the credentials.
  const region = process.env.CDK_DEFAULT_REGION;
  if (region === undefined)
    fail('webAcl "managed" needs a region: set AWS_REGION or the region of your profile.');
  const firewall = new WebAclStack(app, `${name}-${region}-WebAcl`, { stage, stageRegion: region });
  tagEverything(firewall, stageConfig(settings));
  const { arn: webAcl } = firewall;
  new AncrageStack(app, name, { settings: { ...settings, webAcl }, env: { region } });
} else {
  new AncrageStack(app, name, { settings });
}

addChecks(app);

function readSettings(): AncrageSettings {
  try {
    return readStage(app.node);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    fail(error.message);
  }
}

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}
