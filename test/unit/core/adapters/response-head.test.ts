import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readHead } from '../../../../core/adapters/http/response-head.ts';

const lines = (...each: string[]) => `${each.join('\r\n')}\r\n\r\n`;
const OK = 'HTTP/1.1 200 OK';

describe('the head of a response', () => {
  it('stays as it is if it is well-formed', () => {
    const text = lines(OK, 'Content-Length:2', 'x-a:', 'X-B: caf\xe9\t!', 'set-cookie: a', 'set-cookie: b');
    expect(readHead(text)).toEqual({ text, isInformational: false, endsConnection: false });
  });

  it.each([
    ['a field that is folded', lines(OK, 'x-a: 1', ' 2', '\t 3'), lines(OK, 'x-a: 1 2 3')],
    ['line ends without CR', `${OK}\nx-a: 1\n\n`, lines(OK, 'x-a: 1')],
    ['line ends with two CRs', `${OK}\r\r\nx-a: 1\r\r\n\r\r\n`, lines(OK, 'x-a: 1')],
    ['an equal length', lines(OK, 'Content-Length: 2', 'content-length: 2'), lines(OK, 'content-length: 2')],
    ['a list of equal lengths', lines(OK, 'content-length: 2, 2'), lines(OK, 'content-length: 2')],
    ['a line without a colon', lines(OK, 'x-a 1', 'x-b: 2'), lines(OK, 'x-b: 2')],
    ['a name that is none', lines(OK, 'x a: 1', ': 2', 'x-b: 3'), lines(OK, 'x-b: 3')],
    ['a space before a colon', lines(OK, 'content-length : 2'), lines(OK, 'content-length: 2')],
    [
      'the encoding identity beside a length',
      lines(OK, 'transfer-encoding: identity', 'content-length: 2'),
      lines(OK, 'content-length: 2'),
    ],
    ['spaces in the status line', lines('HTTP/1.1  200  OK'), lines(OK)],
    ['a later version', lines('HTTP/1.2 200 OK'), lines(OK)],
    ['a version that is not spoken here', lines('HTTP/2 200 OK'), lines('HTTP/1.0 200 OK')],
    ['a status line without a reason', lines('HTTP/1.1\t200'), lines('HTTP/1.1 200 ')],
  ])('is rewritten for node, and ends the connection: %s', (_, text, rewritten) => {
    expect(readHead(text)).toEqual({ text: rewritten, isInformational: false, endsConnection: true });
  });

  it.each([
    ['HTTP/1.1 204 No Content', 'content-length: 5', true],
    ['HTTP/1.1 204 No Content', 'content-length: 50', true],
    ['HTTP/1.1 304 Not Modified', 'Content-Length: 5', true],
    ['HTTP/1.1 204 No Content', 'transfer-encoding: chunked', true],
    ['HTTP/1.1 204 No Content', 'content-length: 0', false],
    ['HTTP/1.1 204 No Content', 'x-a: 1', false],
    ['HTTP/1.1 200 OK', 'content-length: 5', false],
    ['HTTP/1.1 200 OK', 'transfer-encoding: chunked', false],
  ])('ends the connection if it announces a body that it cannot have: %s, %s: %s', (status, field, ends) => {
    expect(readHead(lines(status, field)).endsConnection).toBe(ends);
  });

  it.each([
    ['HTTP/1.1 103 Early Hints', true],
    ['HTTP/1.1 200 OK', false],
  ])('tells informational responses: %s', (status, isInformational) => {
    expect(readHead(lines(status)).isInformational).toBe(isInformational);
  });

  it.each([
    ['two lengths', lines(OK, 'content-length: 2', 'content-length: 3')],
    ['a list of lengths', lines(OK, 'content-length: 2, 3')],
    ['a length and chunks', lines(OK, 'content-length: 2', 'transfer-encoding: chunked')],
    ['a folded length and chunks', lines(OK, 'content-length:', ' 2', 'transfer-encoding: chunked')],
    ['a length that is none', lines(OK, 'content-length: 2', 'content-length: 2x')],
    ['a control character in a value', lines(OK, 'x-a: \x1b')],
    ['a control character in a name', lines(OK, 'x\x7f: 1')],
    ['a CR within a line', lines(OK, 'x-a: 1\rcontent-length: 2')],
    ['no status', lines('HTTP/1.1 OK')],
    ['a status of two digits', lines('HTTP/1.1 20 OK')],
  ])('is refused: %s', (_, text) => {
    expect(() => readHead(text)).toThrow(expect.objectContaining({ error: 'connection' }));
  });

  it('is read within a time that grows with its length', () => {
    const hostile = [' '.repeat(16_000), '\t\r'.repeat(8000), 'a'.repeat(16_000), ','.repeat(16_000)];
    const heads = hostile.flatMap((each) => [
      lines(OK, `content-length: ${each}x`),
      lines(OK, each),
      lines(`${OK}${each}\x01`),
    ]);
    const usual = timeToRead(lines(OK, `x-a: ${'v'.repeat(16_000)}`));
    // Time that grew with the square would be ten thousand times as long.
    for (const head of heads) expect(timeToRead(head)).toBeLessThan(1000 * usual);
  });

  it('is well-formed after it was rewritten', () => {
    const line = fc.stringMatching(/^[ a-zA-Z0-9:,\t\xe9-]{0,20}$/);
    const end = fc.constantFrom('\r\n', '\n', '\r\r\n');
    fc.assert(
      fc.property(fc.array(fc.tuple(line, end)), (given) => {
        const text = `${OK}\r\n${given.map(([each, ending]) => (each === '' ? '' : each + ending)).join('')}\r\n`;
        const { text: rewritten } = readHead(text);
        expect(readHead(rewritten)).toEqual({
          text: rewritten,
          isInformational: false,
          endsConnection: false,
        });
      }),
    );
  });
});

/** The least of several times, which is free of interruptions. */
function timeToRead(text: string): number {
  const times = Array.from({ length: 5 }, () => {
    const from = performance.now();
    try {
      readHead(text);
    } catch {
      // Whether it is refused does not matter here.
    }
    return performance.now() - from;
  });
  return Math.min(...times);
}
