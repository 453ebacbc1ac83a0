import { Aws, Fn } from 'aws-cdk-lib';

/**
 * Return the UUID in the stack's id. It keys the cursors, the stored idempotent responses, the seals of dead letters and
 * the ids of operational events: it differs for each stack, and needs neither a resource nor a secret in the repository.
 */
export const stackKey = (): string => Fn.select(2, Fn.split('/', Aws.STACK_ID));
