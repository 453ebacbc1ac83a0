import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ChunkSizes, isChunked } from '../../../../core/adapters/http/chunk-sizes.ts';

/** Return what the parser reads of a body that arrives in these pieces, one character per byte. */
function cleaned(...pieces: readonly string[]): string {
  const sizes = new ChunkSizes();
  return pieces.map((piece) => sizes.cleaned(Buffer.from(piece, 'latin1')).toString('latin1')).join('');
}

const isPadded = (body: string) => {
  const sizes = new ChunkSizes();
  sizes.cleaned(Buffer.from(body, 'latin1'));
  return sizes.isPadded;
};

describe('the sizes of chunks', () => {
  it.each([
    ['spaces and tabs', '2 \t\r\nok\r\n0  \r\n\r\n'],
    ['an extension', '2;a=b\r\nok\r\n0;c\r\n\r\n'],
    ['white space around an extension', '2 ; a = "b c"\r\nok\r\n0\t;\tc\r\n\r\n'],
  ])('lose what stands after them: %s', (_, body) => {
    expect(cleaned(body)).toBe('2\r\nok\r\n0\r\n\r\n');
    expect(cleaned(...body)).toBe('2\r\nok\r\n0\r\n\r\n');
  });

  it('are padded if nothing but white space stands after one', () => {
    expect(isPadded('2\r\nok\r\n0 \r\n\r\n')).toBe(true);
    expect(isPadded('2 ;a\r\nok\r\n0\r\n\r\n')).toBe(false);
  });

  it.each([
    ['in data', '6\r\n2 \r\n;x\r\n0\r\n\r\n'],
    ['in data that is longer than its size', '2\r\nok 2 \r\nok\r\n0\r\n\r\n'],
    ['in trailers', '0\r\n2 \r\n2 ;a\r\n\r\n'],
    ['before a size', ' 2 \r\nok\r\n'],
    ['without a size', ';a=b \r\nok\r\n'],
    ['after a size of more than 48 bits', 'fffffffffffff \r\nok'],
    ['after a prefix', '0x2 \r\nok\r\n'],
    ['without a carriage return', '2\nok \r\n'],
    ['after a carriage return alone', '2\r \r\nok\r\n'],
  ])('leave alone what stands %s', (_, body) => {
    expect(cleaned(body)).toBe(body);
    expect(cleaned(...body)).toBe(body);
  });

  it.each([
    ['a second number', '2 2\r\nok\r\n', '2 \r\nok\r\n'],
    ['a number after a tab', '2\t0\r\nok\r\n', '2 \r\nok\r\n'],
    ['a line feed in padding', '2 \nok\r\n', '2 ok\r\n'],
    ['a line feed in an extension', '2;a\n5\r\nok\r\n', '2 5\r\nok\r\n'],
    ['a null character in an extension', '2;a\0b\r\nok\r\n', '2 b\r\nok\r\n'],
    ['16 KB of extensions', `2;${'a'.repeat(16_385)}\r\nok\r\n`, '2 \r\nok\r\n'],
  ])('keep a space for the parser to refuse: %s', (_, body, kept) => {
    expect(cleaned(body)).toBe(kept);
    expect(cleaned(...body)).toBe(kept);
  });

  it('are clean, however they were padded and however they arrive, and data stays', () => {
    const tail = fc.constantFrom('', ' ', '\t  ', ';a', ' ;\ta="\xe9;"');
    const data = fc.string({
      unit: fc.constantFrom('\r', '\n', ' ', ';', '0', 'a', '\0', '\xff'),
      minLength: 1,
    });
    const chunks = fc.array(fc.record({ data, tail }), { maxLength: 5 });
    fc.assert(
      fc.property(chunks, tail, fc.array(fc.nat(40)), (each, last, lengths) => {
        const bodyOf = (tailOf: (given: string) => string) =>
          [
            ...each.map(
              (chunk) => `${chunk.data.length.toString(16)}${tailOf(chunk.tail)}\r\n${chunk.data}\r\n`,
            ),
            `0${tailOf(last)}\r\n\r\n`,
          ].join('');
        const body = bodyOf((given) => given);
        const ends = lengths.toSorted((a, b) => a - b);
        const pieces = [0, ...ends].map((from, index) => body.slice(from, ends[index]));
        expect(cleaned(...pieces)).toBe(bodyOf(() => ''));
      }),
    );
  });
});

describe('a body', () => {
  it.each([
    ['Transfer-Encoding: Chunked ', true],
    ['transfer-encoding:chunked', true],
    ['transfer-encoding: gzip, chunked', false],
    ['transfer-encoding: chunked\r\ntransfer-encoding: chunked', false],
    ['x-transfer-encoding: chunked', false],
    ['content-length: 2', false],
  ])('is in chunks, as its head says: %j %s', (fields, expected) => {
    expect(isChunked(`HTTP/1.1 200 OK\r\n${fields}\r\n\r\n`)).toBe(expected);
  });
});
