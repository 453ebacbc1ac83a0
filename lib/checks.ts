import { type App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';

/**
 * Has the synthesis fail where a rule of AWS Solutions or Serverless is broken and nobody has said why. CloudFormation's
 * own rules are switched on in `cdk.json`.
 */
export function addChecks(app: App): void {
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
}
