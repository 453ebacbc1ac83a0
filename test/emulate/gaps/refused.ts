import type { Circumstance, Gap } from './gap.ts';
import { withStack } from './probe.ts';
import { leaveOut, ofType, type Resource } from './template.ts';

/** What the emulator's CloudFormation refuses to create, which the template leaves out. */

interface Refused {
  readonly reason: string;
  readonly only?: Circumstance;
  readonly leaveOut: Gap['change'];
  /** One such resource, which AWS would create. */
  readonly example: Resource;
  /** What the example refers to, which the emulator creates as well. */
  readonly around?: Readonly<Record<string, Resource>>;
}

function refusal({ leaveOut, example, around = {}, ...gap }: Refused): Gap {
  return {
    ...gap,
    change: leaveOut,
    async persists(ministack) {
      const isCreated = (Resources: Readonly<Record<string, Resource>>) =>
        withStack(ministack, { Resources }, async () => true);
      if (Object.keys(around).length > 0 && !(await isCreated(around)))
        throw new Error(`The emulator refuses ${Object.keys(around)}, which the example of this gap needs.`);
      return !(await isCreated({ ...around, Example: example }));
    },
  };
}

const savedQueries = refusal({
  reason: 'AWS::Logs::QueryDefinition is unknown: the saved queries are left out.',
  leaveOut: (template) => leaveOut(template, 'AWS::Logs::QueryDefinition'),
  example: {
    Type: 'AWS::Logs::QueryDefinition',
    Properties: { Name: 'example', QueryString: 'fields @message' },
  },
});

const codeDeploy = refusal({
  reason: 'AWS::CodeDeploy is unknown: aliases move to a new version at once.',
  leaveOut(template) {
    for (const alias of ofType(template, 'AWS::Lambda::Alias')) delete alias.UpdatePolicy;
    return leaveOut(template, /^AWS::CodeDeploy::/);
  },
  example: { Type: 'AWS::CodeDeploy::Application', Properties: { ComputePlatform: 'Lambda' } },
});

const METRIC = {
  Id: 'one',
  ReturnData: false,
  MetricStat: { Metric: { Namespace: 'example', MetricName: 'Examples' }, Period: 60, Stat: 'Sum' },
};

const expressions = refusal({
  reason: 'Alarms on expressions are refused: those that end a canary are left out.',
  leaveOut: (template) =>
    leaveOut(template, 'AWS::CloudWatch::Alarm', ({ Properties }) => Properties.Metrics !== undefined),
  example: {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      ...{ ComparisonOperator: 'GreaterThanThreshold', EvaluationPeriods: 1, Threshold: 1 },
      Metrics: [METRIC, { Id: 'sum', Expression: 'one + one', ReturnData: true }],
    },
  },
});

const autoScaling = refusal({
  reason: 'AWS::ApplicationAutoScaling is unknown: the table keeps the capacity that it begins with.',
  only: 'every setting',
  leaveOut: (template) => leaveOut(template, /^AWS::ApplicationAutoScaling::/),
  example: {
    Type: 'AWS::ApplicationAutoScaling::ScalableTarget',
    Properties: {
      ...{ ServiceNamespace: 'dynamodb', ResourceId: 'table/example', MinCapacity: 1, MaxCapacity: 2 },
      ScalableDimension: 'dynamodb:table:ReadCapacityUnits',
    },
  },
});

const addresses = refusal({
  reason: 'AWS::EC2::EIP is unknown: the functions have no addresses of their own.',
  only: 'every setting',
  leaveOut: (template) => leaveOut(template, 'AWS::EC2::EIP'),
  example: { Type: 'AWS::EC2::EIP', Properties: { Domain: 'vpc' } },
});

const natGateways = refusal({
  reason: 'AWS::EC2::NatGateway is unknown: the subnets of the functions have no way out.',
  only: 'every setting',
  leaveOut(template) {
    leaveOut(template, 'AWS::EC2::Route', ({ Properties }) => Properties.NatGatewayId !== undefined);
    return leaveOut(template, 'AWS::EC2::NatGateway');
  },
  // A private one, since an address would be refused for another reason.
  example: {
    Type: 'AWS::EC2::NatGateway',
    Properties: { ConnectivityType: 'private', SubnetId: { Ref: 'Subnet' } },
  },
  around: {
    Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
    Subnet: {
      Type: 'AWS::EC2::Subnet',
      Properties: { VpcId: { Ref: 'Vpc' }, CidrBlock: '10.0.0.0/24' },
    },
  },
});

const budgets = refusal({
  reason: 'AWS::Budgets::Budget is unknown: the budget is left out.',
  only: 'every setting',
  leaveOut: (template) => leaveOut(template, 'AWS::Budgets::Budget'),
  example: {
    Type: 'AWS::Budgets::Budget',
    Properties: {
      Budget: { BudgetType: 'COST', TimeUnit: 'MONTHLY', BudgetLimit: { Amount: 1, Unit: 'USD' } },
    },
  },
});

export const refusals: readonly Gap[] = [
  ...[savedQueries, codeDeploy, expressions],
  ...[autoScaling, addresses, natGateways, budgets],
];
