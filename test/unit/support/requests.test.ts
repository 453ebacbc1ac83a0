import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { operations } from '../../support/operations.ts';
import { draftsOf } from '../../support/requests.ts';

describe('made-up requests', () => {
  // The long tests send them. This finds a pattern of the document that no made-up value fits without waiting for those.
  it.each(operations)('exist for $operationId', (operation) => {
    expect(fc.sample(draftsOf(operation), { numRuns: 5, seed: 1 })).toHaveLength(5);
  });
});
