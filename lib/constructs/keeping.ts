import { RemovalPolicy } from 'aws-cdk-lib';
import type { StageConfig } from '../config.ts';

/**
 * Return the removal policy of a queue or a log group. A failed first deployment leaves neither behind, because the
 * next deployment would collide with them.
 */
export function keeping({ retainData }: Pick<StageConfig, 'retainData'>): RemovalPolicy {
  return retainData ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY;
}
