import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { AncrageStack } from '../../lib/ancrage-stack.ts';
import { readStage } from '../../lib/stage-context.ts';

function synthesize(context: Record<string, unknown> = {}): Template {
  const app = new App({ context: { 'aws:cdk:bundling-stacks': [], stage: 'prod', ...context } });
  return Template.fromStack(new AncrageStack(app, 'Ancrage', { settings: readStage(app.node) }));
}

const prod = synthesize();

/**
 * A deployment must not replace resources that hold data or whose addresses others know. CloudFormation replaces a
 * resource if its logical id changes.
 */
describe('an upgrade', () => {
  it.each([
    ['AWS::DynamoDB::Table', ['DataTableFDBAD0F2']],
    [
      'AWS::SQS::Queue',
      [
        'DeliveriesDeadLetterQueueC4B61502',
        'DeliveriesQueue99C7B338',
        'EventsDeadLetterQueueC3DB07E1',
        'EventsQueue7396B467',
        'InternalDeadLetterQueue6DC0E846',
        'InternalQueueA29540B4',
        'PumpsDeadLetterQueueEBF3F9EC',
        'PumpsQueue1B68DE51',
        'RetriesDeadLetterQueueA7B6A13A',
        'RetriesQueueB70A8B12',
      ],
    ],
    ['AWS::ApiGatewayV2::Api', ['HttpApi4E1D4184']],
    ['AWS::CloudFront::Distribution', ['ConsoleDistribution022D3262']],
  ])('keeps the logical ids of %s', (type, ids) => {
    expect(Object.keys(prod.findResources(type)).toSorted()).toEqual(ids);
  });

  it('keeps the keys and the generated name of the table, whose change would replace it', () => {
    const [{ Properties } = { Properties: {} }] = Object.values(prod.findResources('AWS::DynamoDB::Table'));
    expect(Properties).toMatchObject({
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
    });
    expect(Properties).not.toHaveProperty('TableName');
  });
});

describe('an existing table', () => {
  const onExisting = synthesize({ tableName: 'restored' });

  it('replaces the table of the stack in the environment and the permissions of every function', () => {
    expect(onExisting.findResources('AWS::DynamoDB::Table')).toEqual({});
    const tableNames = (template: Template) =>
      Object.values(template.findResources('AWS::Lambda::Function'))
        .map(({ Properties }) => Properties.Environment?.Variables?.TABLE_NAME)
        .filter((name) => name !== undefined);
    expect(tableNames(onExisting)).toEqual(tableNames(prod).map(() => 'restored'));
    const policies = (template: Template) => JSON.stringify(template.findResources('AWS::IAM::Policy'));
    const arn =
      /\{"Fn::Join":\["",\["arn:",\{"Ref":"AWS::Partition"\},":dynamodb:",\{"Ref":"AWS::Region"\},":",\{"Ref":"AWS::AccountId"\},":table\/restored(\/index\/\w+)?"\]\]\}/g;
    const ofStack = policies(prod).match(/"dynamodb:/g)?.length;
    expect(policies(onExisting).match(/"dynamodb:/g)).toHaveLength(ofStack ?? 0);
    expect(policies(onExisting)).toMatch(arn);
    expect(policies(onExisting)).not.toContain('DataTableFDBAD0F2');
    onExisting.hasOutput('TableName', { Value: 'restored' });
  });

  it('must have a valid table name', () => {
    expect(() => synthesize({ tableName: 'a b' })).toThrow('tableName must be the name of a table');
  });
});
