import { describe, expect, it } from 'vitest';
import { readPolicy, refused } from '../../../../local/access/policy.ts';
import { LocalStackError } from '../../../../local/errors.ts';

const TABLE = 'arn:aws:dynamodb:us-east-1:000000000000:table/data';
const statement = (Effect: string, Action: unknown, Resource: unknown) => ({ Effect, Action, Resource });
const read = (...Statement: object[]) => readPolicy({ Version: '2012-10-17', Statement }, 'the role of a');

describe('a policy', () => {
  const put = { action: 'dynamodb:PutItem', resource: TABLE };
  const allow = (Action: unknown, Resource: unknown) => [statement('Allow', Action, Resource)];

  it.each([
    ['an action on a resource', allow('dynamodb:PutItem', TABLE), null],
    ['one of a list on one of a list', allow(['dynamodb:GetItem', 'dynamodb:PutItem'], ['x', TABLE]), null],
    ['whatever the case of an action', allow('DynamoDB:putitem', TABLE), null],
    ['all of a service', allow('dynamodb:*', TABLE), null],
    ['all', allow('*', '*'), null],
    ['what begins alike', allow('dynamodb:Put*', 'arn:aws:dynamodb:*:table/d?ta'), null],
    ['not without a statement', [], 'not allowed'],
    ['not another action', allow('dynamodb:GetItem', TABLE), 'not allowed'],
    ['not what only begins like it', allow('dynamodb:Put', TABLE), 'not allowed'],
    ['not another resource', allow('dynamodb:PutItem', `${TABLE}2`), 'not allowed'],
    ['not a resource in another case', allow('dynamodb:PutItem', TABLE.toUpperCase()), 'not allowed'],
    ['not an index of the table alone', allow('dynamodb:PutItem', `${TABLE}/index/*`), 'not allowed'],
    [
      'not by a dot for any character',
      allow('dynamodb:PutItem', TABLE.replace('arn:', 'arn.')),
      'not allowed',
    ],
    [
      'not by an action of one statement and a resource of another',
      [...allow('dynamodb:PutItem', 'x'), ...allow('dynamodb:GetItem', TABLE)],
      'not allowed',
    ],
    [
      'not what another statement denies',
      [...allow('*', '*'), statement('Deny', 'dynamodb:Put*', TABLE)],
      'denied',
    ],
    [
      'what a statement denies of something else',
      [...allow('*', '*'), statement('Deny', 'dynamodb:Put*', `${TABLE}/index/log`)],
      null,
    ],
  ])('allows %s', (_, statements, why) => {
    expect(refused(read(...statements), put)).toBe(why);
  });

  it('allows a query of an index by the ARN of the index, and of the table by that of the table', () => {
    const statements = read(...allow('dynamodb:Query', `${TABLE}/index/log`));
    const query = (resource: string) => refused(statements, { action: 'dynamodb:Query', resource });
    expect([query(`${TABLE}/index/log`), query(`${TABLE}/index/due`), query(TABLE)]).toEqual([
      null,
      'not allowed',
      'not allowed',
    ]);
  });

  it.each([
    ['a condition', { Condition: { Bool: { 'aws:SecureTransport': 'false' } } }, 'Condition'],
    ['all but an action', { Action: undefined, NotAction: 's3:*' }, 'NotAction'],
    ['all but a resource', { Resource: undefined, NotResource: TABLE }, 'NotResource'],
    ['a principal', { Principal: '*' }, 'Principal'],
    ['no action', { Action: undefined }, 'Allow'],
    ['no resource', { Resource: [] }, 'Allow'],
    ['a resource that is no text', { Resource: { Ref: 'x' } }, 'Allow'],
    ['another effect', { Effect: 'Maybe' }, 'Maybe'],
  ])('with %s is refused, with the statement', (_, other, named) => {
    const faulty = { Sid: 'Seventh', ...statement('Allow', 's3:*', TABLE), ...other };
    const reading = () => read(faulty);
    expect(reading).toThrow(LocalStackError);
    expect(reading).toThrow(/^A policy of the role of a has .*"Sid":"Seventh"/);
    expect(reading).toThrow(named);
  });
});
