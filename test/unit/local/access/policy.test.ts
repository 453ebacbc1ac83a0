import { describe, expect, it } from 'vitest';
import { denialOf, readPolicy } from '../../../../local/access/policy.ts';
import { LocalStackError } from '../../../../local/errors.ts';

const TABLE = 'arn:aws:dynamodb:us-east-1:000000000000:table/data';
const statement = (Effect: string, Action: unknown, Resource: unknown) => ({ Effect, Action, Resource });
const read = (...Statement: object[]) => readPolicy({ Version: '2012-10-17', Statement }, 'the role of a');

describe('a policy', () => {
  const put = { action: 'dynamodb:PutItem', resource: TABLE };
  const allow = (Action: unknown, Resource: unknown) => [statement('Allow', Action, Resource)];

  it.each([
    ['an action on a resource', allow('dynamodb:PutItem', TABLE), null],
    [
      'an action and a resource in lists',
      allow(['dynamodb:GetItem', 'dynamodb:PutItem'], ['x', TABLE]),
      null,
    ],
    ['an action in another case', allow('DynamoDB:putitem', TABLE), null],
    ['all actions of a service', allow('dynamodb:*', TABLE), null],
    ['all actions on all resources', allow('*', '*'), null],
    ['wildcards that match', allow('dynamodb:Put*', 'arn:aws:dynamodb:*:table/d?ta'), null],
    ['no statement', [], 'not allowed'],
    ['another action', allow('dynamodb:GetItem', TABLE), 'not allowed'],
    ['a prefix of the action', allow('dynamodb:Put', TABLE), 'not allowed'],
    ['another resource', allow('dynamodb:PutItem', `${TABLE}2`), 'not allowed'],
    ['the resource in another case', allow('dynamodb:PutItem', TABLE.toUpperCase()), 'not allowed'],
    ['only the indexes of the table', allow('dynamodb:PutItem', `${TABLE}/index/*`), 'not allowed'],
    [
      'a dot instead of another character',
      allow('dynamodb:PutItem', TABLE.replace('arn:', 'arn.')),
      'not allowed',
    ],
    [
      'the action and the resource in different statements',
      [...allow('dynamodb:PutItem', 'x'), ...allow('dynamodb:GetItem', TABLE)],
      'not allowed',
    ],
    [
      'all actions, and a statement that denies the call',
      [...allow('*', '*'), statement('Deny', 'dynamodb:Put*', TABLE)],
      'denied',
    ],
    [
      'all actions, and a statement that denies another call',
      [...allow('*', '*'), statement('Deny', 'dynamodb:Put*', `${TABLE}/index/log`)],
      null,
    ],
  ])('is evaluated as IAM does with %s', (_, statements, denial) => {
    expect(denialOf(read(...statements), put)).toBe(denial);
  });

  it('that allows queries of an index allows them neither on another index nor on the table', () => {
    const statements = read(...allow('dynamodb:Query', `${TABLE}/index/log`));
    const query = (resource: string) => denialOf(statements, { action: 'dynamodb:Query', resource });
    expect([query(`${TABLE}/index/log`), query(`${TABLE}/index/due`), query(TABLE)]).toEqual([
      null,
      'not allowed',
      'not allowed',
    ]);
  });

  it.each([
    ['a condition', { Condition: { Bool: { 'aws:SecureTransport': 'false' } } }, 'Condition'],
    ['NotAction', { Action: undefined, NotAction: 's3:*' }, 'NotAction'],
    ['NotResource', { Resource: undefined, NotResource: TABLE }, 'NotResource'],
    ['a principal', { Principal: '*' }, 'Principal'],
    ['no action', { Action: undefined }, 'Allow'],
    ['no resource', { Resource: [] }, 'Allow'],
    ['a resource that is not a string', { Resource: { Ref: 'x' } }, 'Allow'],
    ['an unknown effect', { Effect: 'Maybe' }, 'Maybe'],
  ])('with %s is rejected with the statement in the message', (_, other, named) => {
    const faulty = { Sid: 'Seventh', ...statement('Allow', 's3:*', TABLE), ...other };
    const reading = () => read(faulty);
    expect(reading).toThrow(LocalStackError);
    expect(reading).toThrow(/^A policy of the role of a has .*"Sid":"Seventh"/);
    expect(reading).toThrow(named);
  });
});
