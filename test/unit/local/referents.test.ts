import { describe, expect, it } from 'vitest';
import { referentsOf } from '../../../local/referents.ts';
import { localName, physicalName } from '../../../local/resource-names.ts';
import type { Template } from '../../../local/template.ts';

const resource = (Type: string, path: string, Properties = {}) => ({
  Type,
  Properties,
  Metadata: { 'aws:cdk:path': path },
});

const template: Template = {
  stackName: 'Ancrage-local',
  resources: {
    Dlq1: resource('AWS::SQS::Queue', 'Ancrage-local/Events/DeadLetterQueue/Resource'),
    Role1: resource('AWS::IAM::Role', 'Ancrage-local/FanOutRole/Resource'),
    FanOut1: resource('AWS::Lambda::Function', 'Ancrage-local/FanOut/Resource'),
    Table1: resource('AWS::DynamoDB::Table', 'Ancrage-local/Data/Table/Resource'),
    Api1: resource('AWS::ApiGatewayV2::Api', 'Ancrage-local/Http/Api/Resource'),
    Logs1: resource('AWS::Logs::LogGroup', 'Ancrage-local/FanOutLogs/Resource', {
      LogGroupName: '/ancrage/local/fan-out',
    }),
    EventsQueue7396B467: { Type: 'AWS::SQS::Queue' },
  },
  outputs: {},
  assetDirs: {},
};
const referents = referentsOf(template, {
  endpoints: { http: 'http://127.0.0.1:3000', sqs: 'http://127.0.0.1:4566' },
  stackUuid: '51af3dc0',
});

describe('the name of a resource', () => {
  it('is derived from the path of the construct', () => {
    expect(physicalName(template, 'Dlq1')).toBe('ancrage-local-events-dead-letter-queue');
    expect(localName(template, 'FanOut1')).toBe('fan-out');
  });

  it('is derived from the logical id without its hash if there is no path', () => {
    expect(physicalName(template, 'EventsQueue7396B467')).toBe('ancrage-local-events-queue');
  });
});

describe('referentsOf', () => {
  it.each([
    ['Dlq1', 'http://127.0.0.1:4566/000000000000/ancrage-local-events-dead-letter-queue'],
    ['Table1', 'ancrage-local-data-table'],
    ['FanOut1', 'ancrage-local-fan-out'],
    ['Api1', 'Api1'],
    ['Logs1', '/ancrage/local/fan-out'],
    ['AWS::AccountId', '000000000000'],
    ['AWS::StackName', 'Ancrage-local'],
    ['AWS::StackId', 'arn:aws:cloudformation:us-east-1:000000000000:stack/Ancrage-local/51af3dc0'],
    ['Nothing', undefined],
  ])('resolves a Ref to %s', (logicalId, expected) => {
    expect(referents.ref(logicalId)).toBe(expected);
  });

  it.each([
    ['Dlq1', 'Arn', 'arn:aws:sqs:us-east-1:000000000000:ancrage-local-events-dead-letter-queue'],
    ['Dlq1', 'QueueName', 'ancrage-local-events-dead-letter-queue'],
    ['FanOut1', 'Arn', 'arn:aws:lambda:us-east-1:000000000000:function:ancrage-local-fan-out'],
    ['Role1', 'RoleId', expect.stringMatching(/^AROA[0-9A-F]{17}$/)],
    ['Api1', 'ApiEndpoint', 'http://127.0.0.1:3000'],
    ['Api1', 'Colour', undefined],
    ['Nothing', 'Arn', undefined],
  ])('resolves the attribute %s.%s', (logicalId, name, expected) => {
    expect(referents.attribute(logicalId, name)).toEqual(expected);
  });
});
