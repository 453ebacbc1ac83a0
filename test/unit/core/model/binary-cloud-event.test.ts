import { describe, expect, it } from 'vitest';
import { ValidationError } from '../../../../core/kernel/errors.ts';
import { binaryCloudEvent, isBinaryMode } from '../../../../core/model/binary-cloud-event.ts';

const read = (headers: Readonly<Record<string, string>>) => JSON.parse(binaryCloudEvent(headers, {}));
const utf8 = (text: string) => Buffer.from(text).toString('latin1');

describe('a CloudEvent in binary mode', () => {
  it.each([
    ['percent-encoded', '%E2%82%AC%20100%25', '€ 100%'],
    ['with a lone percent sign', '100%', '100%'],
    ['quoted', '"a \\"b\\""', 'a "b"'],
    ['with quotes inside', 'One "quoted" text', 'One "quoted" text'],
    ['in UTF-8 that was read as Latin-1', utf8('17 é 😀'), '17 é 😀'],
    ['in Latin-1', '17 é', '17 é'],
    ['in other characters', '17 €', '17 €'],
  ])('has an attribute %s', (_, sent, attribute) =>
    expect(read({ 'ce-subject': sent })).toEqual({ subject: attribute }),
  );

  it.each([
    ['/a%20b', '/a%20b'],
    ['/a%2520b', '/a%20b'],
    ['/%65rp', '/erp'],
  ])('has a source that is a URI reference, encoded or not: %s', (sent, source) =>
    expect(read({ 'ce-source': sent })).toEqual({ source }),
  );

  it('is refused if what is percent-encoded is not UTF-8', () =>
    expect(() => read({ 'ce-id': '%ff' })).toThrow(ValidationError));

  it('is recognised by its attributes, unless the content type says structured mode', () => {
    expect(isBinaryMode({ 'ce-id': '1', 'content-type': 'application/json' })).toBe(true);
    expect(isBinaryMode({ 'ce-id': '1', 'content-type': 'Application/CloudEvents+json' })).toBe(false);
    expect(isBinaryMode({ 'content-type': 'application/json' })).toBe(false);
  });
});
