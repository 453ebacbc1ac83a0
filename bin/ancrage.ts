import { App } from 'aws-cdk-lib';
import { AncrageStack } from '../lib/ancrage-stack.ts';
import { readStage } from '../lib/stage-context.ts';
import { WebAclStack } from '../lib/web-acl-stack.ts';

const app = new App();
const settings = readStage(app.node);
const { stage } = settings;
const name = `Ancrage-${stage}`;

const webAcl =
  settings.webAcl === 'managed' ? new WebAclStack(app, `${name}-WebAcl`, { stage }).arn : settings.webAcl;
new AncrageStack(app, name, { settings: { ...settings, ...(webAcl !== undefined && { webAcl }) } });
