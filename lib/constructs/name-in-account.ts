import { Aws } from 'aws-cdk-lib';

/**
 * Return the name of a resource whose names are unique in an account and not in a region, as those of CloudFront and the dashboards
 * of CloudWatch are. With the region in it, a stage can be deployed to several regions of an account.
 */
export const nameInAccount = (stage: string, what?: string): string =>
  ['ancrage', stage, Aws.REGION, what].filter((part) => part !== undefined).join('-');
