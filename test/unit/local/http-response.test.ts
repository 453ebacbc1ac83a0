import { describe, expect, it } from 'vitest';
import { httpResponse, INTERNAL_SERVER_ERROR } from '../../../local/http/http-response.ts';
import { isText } from '../../../local/http/request-body.ts';

describe('httpResponse', () => {
  it('converts a result with a status code and lower-cases its header names', () => {
    const result = {
      statusCode: 201,
      headers: { 'X-Count': 5, 'Content-Length': '99' },
      cookies: ['a=1', 'b=2'],
      body: 'hi',
    };

    expect(httpResponse(result)).toEqual({
      statusCode: 201,
      headers: { 'content-type': 'text/plain;charset=UTF-8', 'x-count': '5', 'set-cookie': ['a=1', 'b=2'] },
      body: 'hi',
    });
  });

  it('decodes a base64 body', () => {
    expect(httpResponse({ statusCode: 200, body: 'AP8=', isBase64Encoded: true }).body).toEqual(
      Buffer.from([0, 255]),
    );
  });

  it.each([
    ['an object', { hello: 'world' }, '{"hello":"world"}'],
    ['a string', 'hello', 'hello'],
    ['undefined', undefined, 'null'],
  ])('converts %s to the body of a 200', (_, result, body) => {
    expect(httpResponse(result)).toEqual({
      statusCode: 200,
      headers: { 'content-type': 'application/json' },
      body,
    });
  });

  it.each([{ statusCode: 'ok' }, { statusCode: 99 }, { statusCode: 200, body: { a: 1 } }])(
    'converts the invalid result %j to a 500',
    (result) => {
      expect(httpResponse(result)).toBe(INTERNAL_SERVER_ERROR);
    },
  );
});

describe('isText', () => {
  it.each([
    undefined,
    '',
    'text/csv',
    'application/json; charset=utf-8',
    'Application/CloudEvents+JSON',
    'application/xml',
    'application/x-www-form-urlencoded',
  ])('returns true for %s', (contentType) => expect(isText(contentType)).toBe(true));

  it.each(['application/octet-stream', 'image/png', 'multipart/form-data; boundary=x', 'application/jsonx'])(
    'returns false for %s',
    (contentType) => expect(isText(contentType)).toBe(false),
  );
});
