import { Tags } from 'aws-cdk-lib';
import { ManagedPolicy, PermissionsBoundary } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';

/** The budget of a stage counts what has this tag. */
export const STAGE_TAG = 'ancrage-stage';

type Tagged = Pick<StageConfig, 'stage' | 'tags' | 'monthlyBudget'>;

/** Give all resources inside a construct the tags of the settings. */
export function tagEverything(scope: Construct, { stage, tags, monthlyBudget }: Tagged): void {
  for (const [key, value] of Object.entries(tags)) Tags.of(scope).add(key, value);
  if (monthlyBudget !== undefined) Tags.of(scope).add(STAGE_TAG, stage);
}

/** Limit all roles inside a construct by the policy of the settings. */
export function boundRoles(
  scope: Construct,
  { permissionsBoundary }: Pick<StageConfig, 'permissionsBoundary'>,
): void {
  if (permissionsBoundary === undefined) return;
  const boundary = ManagedPolicy.fromManagedPolicyArn(scope, 'PermissionsBoundary', permissionsBoundary);
  PermissionsBoundary.of(scope).apply(boundary);
}
