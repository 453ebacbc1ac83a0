import { type App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';

/**
 * Fail the synthesis if a resource breaks a rule of AWS Solutions or Serverless without an acknowledgement.
 * CloudFormation's own rules are switched on in `cdk.json`.
 */
export function addChecks(app: App): void {
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
}
