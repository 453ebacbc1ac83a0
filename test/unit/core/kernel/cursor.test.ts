import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cursorSeal } from '../../../../core/kernel/cursor.ts';
import { InvalidCursorError } from '../../../../core/kernel/errors.ts';

const { seal, open } = cursorSeal('a key');
const LIST = ['GET /v1/projects/{project}/events', { project: 'erp' }, { type: 'a' }];

describe('a cursor', () => {
  it('opens to its position in its own list', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), fc.string({ unit: 'binary' }), (list, position) => {
        expect(open(list, seal(list, position))).toBe(position);
      }),
    );
  });

  it('needs no encoding in a URL', () => {
    expect(seal(LIST, 'SUB#é/?&=')).toMatch(/^[A-Za-z0-9_-]+$/);
  });

  it.each([
    ['another route', ['GET /v1/projects/{project}/keys', LIST[1], LIST[2]]],
    ['another project', [LIST[0], { project: 'crm' }, LIST[2]]],
    ['another filter', [LIST[0], LIST[1], { type: 'b' }]],
    ['no filter', [LIST[0], LIST[1], {}]],
  ])('is rejected by a list of %s', (_, list) => {
    expect(() => open(list, seal(LIST, 'x'))).toThrow(InvalidCursorError);
  });

  it('is rejected by another stack', () => {
    expect(() => open(LIST, cursorSeal('another key').seal(LIST, 'x'))).toThrow(InvalidCursorError);
  });

  it('is rejected if any character is changed, added or left out', () => {
    const cursor = seal(LIST, 'SUB#sub_01J');
    for (let at = 0; at < cursor.length; at++) {
      const [before, after] = [cursor.slice(0, at), cursor.slice(at + 1)];
      for (const character of ['A', 'B', '-', '=', '!', ' ', ''])
        if (character !== cursor[at])
          expect(() => open(LIST, before + character + after), `${character} at ${at}`).toThrow(
            InvalidCursorError,
          );
    }
    for (const more of ['A', '=', '!', '\n'])
      expect(() => open(LIST, cursor + more)).toThrow(InvalidCursorError);
  });

  it.each(['', 'A', '!', 'U1VCI3N1Yl8wMUo', '%00', 'é'.repeat(5000)])(
    'is rejected if it is not a cursor: %j',
    (text) => {
      expect(() => open(LIST, text)).toThrow(InvalidCursorError);
    },
  );
});
