import { describe, expect, it } from 'vitest';
import { httpResponse, INTERNAL_SERVER_ERROR } from '../../../local/http/http-response.ts';
import { isText } from '../../../local/http/request-body.ts';

describe('httpResponse', () => {
  it('takes a result with a status code as it is, header names in lower case', () => {
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

  it('decodes base64', () => {
    expect(httpResponse({ statusCode: 200, body: 'AP8=', isBase64Encoded: true }).body).toEqual(
      Buffer.from([0, 255]),
    );
  });

  it.each([
    ['an object', { hello: 'world' }, '{"hello":"world"}'],
    ['a text', 'hello', 'hello'],
    ['nothing', undefined, 'null'],
  ])('makes a 200 of %s', (_, result, body) => {
    expect(httpResponse(result)).toEqual({
      statusCode: 200,
      headers: { 'content-type': 'application/json' },
      body,
    });
  });

  it.each([{ statusCode: 'ok' }, { statusCode: 99 }, { statusCode: 200, body: { a: 1 } }])(
    'makes a 500 of %j',
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
  ])('is true for %s', (contentType) => expect(isText(contentType)).toBe(true));

  it.each(['application/octet-stream', 'image/png', 'multipart/form-data; boundary=x', 'application/jsonx'])(
    'is false for %s',
    (contentType) => expect(isText(contentType)).toBe(false),
  );
});
