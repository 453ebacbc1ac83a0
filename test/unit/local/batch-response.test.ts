import { describe, expect, it } from 'vitest';
import { failedMessageIds } from '../../../local/queues/batch-response.ts';

const failures = (...ids: unknown[]) => ({
  batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })),
});

describe('failedMessageIds', () => {
  it.each([
    ['null', null, []],
    ['nothing', undefined, []],
    ['an empty object', {}, []],
    ['no list', { batchItemFailures: null }, []],
    ['an empty list', failures(), []],
    ['one of them', failures('b'), ['b']],
    ['both', failures('b', 'a'), ['a', 'b']],
    ['a message of another batch', failures('a', 'x'), ['a', 'b']],
    ['an empty id', failures(''), ['a', 'b']],
    ['a null id', failures(null), ['a', 'b']],
    ['an entry that is none', { batchItemFailures: [null] }, ['a', 'b']],
    ['a list that is none', { batchItemFailures: 'a' }, ['a', 'b']],
    ['a text', 'ok', ['a', 'b']],
  ])('reads %s', (_, response, expected) => {
    expect([...failedMessageIds(response, ['a', 'b'])].sort()).toEqual(expected);
  });
});
