import { type IRole, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Asset } from 'aws-cdk-lib/aws-s3-assets';
import type { Construct } from 'constructs';
import { acknowledge, wildcardFinding } from './acknowledge.ts';

export interface DeploymentRoleProps {
  readonly assets: Asset;
  readonly bucket: IBucket;
  readonly logGroup: ILogGroup;
  /** Encrypts the bucket, if it is not S3's own. */
  readonly key: IKey | undefined;
  /** Whether the files stay in the bucket when the stack is deleted. */
  readonly retainFiles: boolean;
}

/**
 * Create a role with exactly the permissions that the CDK's file-copying function uses in its code. By default the CDK
 * grants it wildcard S3 actions on every asset that was ever deployed to the account; this one may read those that are archives.
 */
export function deploymentRole(
  scope: Construct,
  { assets, bucket, logGroup, key, retainFiles }: DeploymentRoleProps,
): IRole {
  const role = new Role(scope, 'DeploymentRole', {
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    description: "Copies the console's files into its bucket",
  });
  const allow = (resource: string, ...actions: string[]) =>
    role.addToPolicy(new PolicyStatement({ actions, resources: [resource] }));
  // The name of one asset would change the policy with each upgrade, and the files are copied before IAM knows the new one.
  const archives = assets.bucket.arnForObjects('*.zip');
  allow(archives, 's3:GetObject');
  allow(bucket.bucketArn, 's3:ListBucket');
  allow(bucket.arnForObjects('*'), 's3:PutObject');
  if (!retainFiles) {
    allow(bucket.bucketArn, 's3:GetBucketTagging');
    allow(bucket.arnForObjects('*'), 's3:DeleteObject');
  }
  // S3 decrypts the parts of a large file to put them together.
  if (key !== undefined) allow(key.keyArn, 'kms:Decrypt', 'kms:GenerateDataKey');
  logGroup.grantWrite(role);
  acknowledge(role, {
    [wildcardFinding(scope, archives)]: "The console's archive has another name in each version.",
    [wildcardFinding(scope, bucket.arnForObjects('*'))]:
      "The names of the console's files contain hashes, so the grant covers the whole bucket, which holds nothing else.",
  });
  return role.withoutPolicyUpdates();
}
