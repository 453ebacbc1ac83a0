import { RemovalPolicy } from 'aws-cdk-lib';
import type { StageConfig } from '../config.ts';

/**
 * What becomes of a queue or a log when its stack is deleted. A first deployment that fails leaves nothing behind, which
 * the next one would find in its way.
 */
export function keeping({ retainData }: Pick<StageConfig, 'retainData'>): RemovalPolicy {
  return retainData ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY;
}
