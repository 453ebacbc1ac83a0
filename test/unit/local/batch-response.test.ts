import { describe, expect, it } from 'vitest';
import { failedMessageIds } from '../../../local/queues/batch-response.ts';

const failures = (...ids: unknown[]) => ({
  batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })),
});

describe('failedMessageIds', () => {
  it.each([
    ['null', null, []],
    ['undefined', undefined, []],
    ['an empty object', {}, []],
    ['no list', { batchItemFailures: null }, []],
    ['an empty list', failures(), []],
    ['one record', failures('b'), ['b']],
    ['both records', failures('b', 'a'), ['a', 'b']],
    ['an unknown record', failures('a', 'x'), ['a', 'b']],
    ['an empty id', failures(''), ['a', 'b']],
    ['a null id', failures(null), ['a', 'b']],
    ['a null entry', { batchItemFailures: [null] }, ['a', 'b']],
    ['a string instead of a list', { batchItemFailures: 'a' }, ['a', 'b']],
    ['a string', 'ok', ['a', 'b']],
  ])('returns the failed records of a response with %s', (_, response, expected) => {
    expect([...failedMessageIds(response, ['a', 'b'])].sort()).toEqual(expected);
  });
});
