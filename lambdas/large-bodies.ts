import { largeBodiesIn } from '../core/adapters/s3/large-bodies.ts';
import { ENV } from '../core/contract.ts';
import { required } from './environment.ts';

/** The stack's bucket of large bodies. */
export const bodies = largeBodiesIn(required(ENV.largeBodiesBucket));
