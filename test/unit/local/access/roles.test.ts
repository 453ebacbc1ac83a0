import { describe, expect, it } from 'vitest';
import { checkEventSourceGrants, POLLER_ACTIONS } from '../../../../local/access/event-source-grants.ts';
import { readRoles } from '../../../../local/access/roles.ts';
import { LocalStackError } from '../../../../local/errors.ts';
import { referentsOf } from '../../../../local/referents.ts';
import type { Resource } from '../../../../local/template.ts';

const LOGS = 'service-role/AWSLambdaBasicExecutionRole';
const managed = (name: string) => ({ 'Fn::Sub': `arn:\${AWS::Partition}:iam::aws:policy/${name}` });
const policyOn = (...Action: string[]) => ({
  PolicyDocument: {
    Statement: [{ Effect: 'Allow', Action, Resource: { 'Fn::GetAtt': ['Queue', 'Arn'] } }],
  },
});
const QUEUE = 'arn:aws:sqs:us-east-1:000000000000:ancrage-local-queue';

const rolesOf = (resources: Record<string, Resource>, role: object = {}) => {
  const template = {
    stackName: 'Ancrage-local',
    resources: {
      Worker: { Type: 'AWS::Lambda::Function', Properties: { Role: { 'Fn::GetAtt': ['Role', 'Arn'] } } },
      Role: { Type: 'AWS::IAM::Role', Properties: { ManagedPolicyArns: [managed(LOGS)], ...role } },
      Queue: { Type: 'AWS::SQS::Queue' },
      ...resources,
    },
    outputs: {},
    assetDirs: {},
  };
  const endpoints = { http: 'http://http', sqs: 'http://sqs' };
  return readRoles(template, referentsOf(template, { endpoints, stackUuid: 'none' }));
};
const attached = (Type: string, role: string, ...actions: string[]): Resource => ({
  Type,
  Properties: { ...policyOn(...actions), Roles: [{ Ref: role }] },
});
const actionsOf = (roles: ReturnType<typeof rolesOf>) =>
  roles.get('worker')?.statements.flatMap(({ actions, resources }) => [actions, resources]);

describe('the role of a function', () => {
  it('has its inline and its attached policies, with references resolved', () => {
    const roles = rolesOf(
      {
        Attached: attached('AWS::IAM::Policy', 'Role', 'sqs:SendMessage'),
        Managed: attached('AWS::IAM::ManagedPolicy', 'Role', 'sqs:PurgeQueue'),
        OtherRole: { Type: 'AWS::IAM::Role' },
        Other: attached('AWS::IAM::Policy', 'OtherRole', 'sqs:DeleteQueue'),
      },
      { Policies: [policyOn('sqs:GetQueueUrl')] },
    );
    expect(actionsOf(roles)).toEqual([
      ...[['sqs:GetQueueUrl'], [QUEUE]],
      ...[['sqs:SendMessage'], [QUEUE]],
      ...[['sqs:PurgeQueue'], [QUEUE]],
    ]);
  });

  it.each([
    [
      'a managed policy whose statements only AWS knows',
      { ManagedPolicyArns: [managed('AmazonSQSFullAccess')] },
      /the policy arn:aws:iam::aws:policy\/AmazonSQSFullAccess of the role of worker/,
    ],
    ['a permissions boundary', { PermissionsBoundary: managed('PowerUserAccess') }, /PowerUserAccess/],
    [
      'a condition',
      {
        Policies: [
          { PolicyDocument: { Statement: { Effect: 'Allow', Action: '*', Resource: '*', Condition: {} } } },
        ],
      },
      /the role of worker has a statement with Condition/,
    ],
  ])('is rejected with %s', (_, role, message) => {
    expect(() => rolesOf({}, role)).toThrow(message);
    expect(() => rolesOf({}, role)).toThrow(LocalStackError);
  });

  it('must be in the template', () => {
    const elsewhere = {
      Type: 'AWS::Lambda::Function',
      Properties: { Role: 'arn:aws:iam::1:role/elsewhere' },
    };
    expect(() => rolesOf({ Worker: elsewhere })).toThrow(
      'The role of the function worker is not in the template',
    );
  });

  it.each(POLLER_ACTIONS)('must allow Lambda to poll its queue: %s', (missing) => {
    const rolesWith = (...actions: string[]) =>
      rolesOf({ Attached: attached('AWS::IAM::Policy', 'Role', ...actions) });
    const sources = [{ functionName: 'worker', queueArn: QUEUE }];
    checkEventSourceGrants(sources, rolesWith(...POLLER_ACTIONS));
    const others = POLLER_ACTIONS.filter((action) => action !== missing);
    const checking = () => checkEventSourceGrants(sources, rolesWith(...others));
    expect(checking).toThrow(LocalStackError);
    expect(checking).toThrow(
      `Lambda would reject the event source ${QUEUE} of worker: its role does not have permissions to call ${missing}`,
    );
  });
});
