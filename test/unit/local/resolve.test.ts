// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is CloudFormation's syntax, not JavaScript's
import { describe, expect, it } from 'vitest';
import { type Referents, resolve } from '../../../local/resolve.ts';

const references: Record<string, string> = { Queue: 'http://queue', 'AWS::Region': 'us-east-1' };
const attributes: Record<string, string> = { 'Queue.Arn': 'arn:queue', 'Api.Nested.Url': 'http://api' };
const referents: Referents = {
  ref: (logicalId) => references[logicalId],
  attribute: (logicalId, name) => attributes[`${logicalId}.${name}`],
};

describe('resolve', () => {
  it.each([
    ['a string', 'plain', 'plain'],
    ['a number', 42, 42],
    ['null', null, null],
    ['Ref', { Ref: 'Queue' }, 'http://queue'],
    ['Ref of a pseudo parameter', { Ref: 'AWS::Region' }, 'us-east-1'],
    ['Fn::GetAtt as a list', { 'Fn::GetAtt': ['Queue', 'Arn'] }, 'arn:queue'],
    ['Fn::GetAtt as a string', { 'Fn::GetAtt': 'Queue.Arn' }, 'arn:queue'],
    ['Fn::GetAtt of an attribute with dots', { 'Fn::GetAtt': ['Api', 'Nested.Url'] }, 'http://api'],
    ['Fn::Join', { 'Fn::Join': ['-', ['a', { Ref: 'AWS::Region' }, 1]] }, 'a-us-east-1-1'],
    ['Fn::Split', { 'Fn::Split': [':', { 'Fn::GetAtt': ['Queue', 'Arn'] }] }, ['arn', 'queue']],
    ['Fn::Select', { 'Fn::Select': ['1', { 'Fn::Split': [':', 'a:b'] }] }, 'b'],
    ['Fn::Sub', { 'Fn::Sub': '${AWS::Region}/${Queue}/${Queue.Arn}' }, 'us-east-1/http://queue/arn:queue'],
    [
      'Fn::Sub with variables',
      { 'Fn::Sub': ['${a}-${Queue}', { a: { Ref: 'AWS::Region' } }] },
      'us-east-1-http://queue',
    ],
    ['Fn::Sub with a literal', { 'Fn::Sub': '${!Queue}' }, '${Queue}'],
    [
      'a nested reference',
      { a: [{ b: { Ref: 'Queue' }, c: true }] },
      { a: [{ b: 'http://queue', c: true }] },
    ],
    ['an object that is not an intrinsic function', { Ref: 'Queue', other: 1 }, { Ref: 'Queue', other: 1 }],
  ])('evaluates %s', (_, value, expected) => {
    expect(resolve(value, referents)).toEqual(expected);
  });

  it.each([
    ['an unknown resource', { Ref: 'Nothing' }, 'Nothing'],
    ['an unknown attribute', { 'Fn::GetAtt': ['Queue', 'Colour'] }, 'Queue.Colour'],
    ['an unknown function', { 'Fn::ImportValue': 'x' }, 'Fn::ImportValue'],
    ['an item beyond the end of a list', { 'Fn::Select': [3, ['a']] }, 'item 3'],
    ['a string instead of a list', { 'Fn::Join': ['-', 'text'] }, 'Fn::Join'],
  ])('rejects %s and names it in the message', (_, value, name) => {
    expect(() => resolve(value, referents)).toThrow(name);
  });
});
