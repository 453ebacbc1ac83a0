import { App } from 'aws-cdk-lib';
import { AncrageStack } from '../lib/ancrage-stack.ts';
import { readConfig } from '../lib/config.ts';

const app = new App();
const config = readConfig(app.node);

new AncrageStack(app, `Ancrage-${config.stage}`, {
  config,
  description: 'Ancrage: webhooks, signed, retried, isolated and logged',
});
