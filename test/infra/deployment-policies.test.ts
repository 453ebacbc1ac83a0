import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Call, denialOf, type Statement } from '../../local/access/policy.ts';
import { HANDLER_PERMISSIONS, POLICY_FILES } from '../support/deployment-policies.ts';
import { synthesizeStages } from '../support/stage-templates.ts';

interface Resource {
  readonly id: string;
  readonly stack: string;
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** IAM counts the characters of a managed policy without white space. */
const LIMIT = 6144;

/** Actions that the registry lists for what no template has, or that IAM does not have. */
const UNUSED: Readonly<Record<string, RegExp>> = {
  'copies, imports, streams and policies of tables':
    /^dynamodb:(\w+TableReplica|BatchWriteItem|(Delete|Get|Put|Update)Item|Query|Scan|ImportTable|\w+KinesisStreamingDestination|UpdateContributorInsights|(Put|Delete)ResourcePolicy)$/,
  'what tables are imported from and stream to':
    /^(kinesis:|logs:(CreateLogStream|DescribeLogStreams|PutLogEvents)$|kms:ListAliases$|s3:GetObjectMetadata$)/,
  'code signing, file systems, provisioned concurrency and capacity of functions':
    /^(lambda:(\w+CodeSigningConfig|(Put|Delete)ProvisionedConcurrencyConfig|PassCapacityProvider|PutFunctionScalingConfig|AssociateRuntimeAlias)|elasticfilesystem:\w+|s3files:\w+)$/,
  'tenants and staging of distributions':
    /^cloudfront:(\w+ConnectionGroup|GetVpcOrigin|CreateDistributionWithTags|UpdateDistributionWithStagingConfig)$/,
  'tables, websites, replication and reports of buckets':
    /^(s3tables:|s3:(\w+MetadataTableConfiguration|\w+Metadata\w+TableConfiguration|(Delete|Put)Bucket(Abac|Acl|AnalyticsConfiguration|Cors|Encryption|Lifecycle|Logging|MetricsConfiguration|Notification|ObjectLockConfiguration|Replication|Website)|Put(Accelerate|Analytics|IntelligentTiering|Inventory|Metrics|ObjectLock|Replication)\w*|PutObjectAcl|DeleteObject)$)/i,
  'delivery of logs to Firehose and S3, and their policies':
    /^(firehose:|s3:REST|logs:(Put|Delete)(DataProtectionPolicy|IndexPolicy)|logs:DeleteResourcePolicy|logs:PutBearerTokenAuthentication|logs:PutLogGroupDeletionProtection)/,
  'data protection of topics': /^sns:PutDataProtectionPolicy$/,
  'users and groups': /^iam:\w+(Group|User)Policy$/,
  'scheduled scaling': /^application-autoscaling:(Put|Delete)ScheduledAction$/,
  'secrets in several regions': /^secretsmanager:\w+Regions?(FromReplication)?$/,
  'servers of CodeDeploy': /^codedeploy:RegisterOnPremisesInstance$/,
  'address transfers, IPv6, private NAT and encryption control of networks':
    /^(ec2:(AcceptAddressTransfer|\w+NatGatewayAddress|\w+SubnetCidrBlock|\w+VpnGateway|ModifyVpcTenancy|CreateVpcEncryptionControl)|vpc-lattice:\w+|vpce:\w+)$/,
  'marketplace rules and billing views': /^(payments|billing):/,
  'no actions of IAM': /^apigateway:(Untag|Tag)Resource$/,
};

/** What AWS documents besides. */
const DOCUMENTED: Readonly<Record<string, readonly string[]>> = {
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging.html
  'AWS::ApiGatewayV2::Stage': [
    ...['logs:CreateLogDelivery', 'logs:GetLogDelivery', 'logs:UpdateLogDelivery', 'logs:DeleteLogDelivery'],
    ...['logs:ListLogDeliveries', 'logs:PutResourcePolicy', 'logs:DescribeResourcePolicies'],
    'logs:DescribeLogGroups',
  ],
  // https://docs.aws.amazon.com/autoscaling/application/userguide/security_iam_id-based-policy-examples.html
  'AWS::ApplicationAutoScaling::ScalingPolicy': [
    ...['cloudwatch:PutMetricAlarm', 'cloudwatch:DescribeAlarms', 'cloudwatch:DeleteAlarms'],
  ],
  'Custom::CDKBucketDeployment': ['lambda:InvokeFunction'],
};

/** Statements about resources whose names AWS chooses, or whose actions take none. */
const WITHOUT_NAMES: Readonly<Record<string, string>> = {
  Api: 'APIs have ids',
  ApiCertificate: 'custom domains have the name of the stage’s setting',
  Bootstrap: 'what `cdk bootstrap` has made',
  Capacity: 'scalable targets have ids',
  Deploy: 'roles that `cdk bootstrap` has made',
  DistributionsWithoutNames: 'distributions, access controls and policies of headers have ids',
  DomainRecords: 'hosted zones have ids',
  EncryptedTableAndQueue: 'keys have ids',
  HostedZones: 'the list of hosted zones',
  Keys: 'keys have ids',
  LogsWithoutNames: 'log deliveries and queries have ids',
  Metrics: 'metrics have no ARN',
  Networks: 'networks have ids',
  NetworksOfFunctions: 'networks have ids',
  OriginSecret: 'the logical id is the name’s beginning',
  Layer: 'the logical id is the name',
  Quota: 'of the account',
  RandomPassword: 'belongs to no secret',
  ServiceLinkedRoleOfCapacity: 'the role of a service',
  ServiceLinkedRoleOfDomains: 'the role of a service',
  TagsOfMappings: 'mappings have ids; those of other functions may be tagged, but not changed',
  UseOfKeys: 'keys have ids',
};

const textsOf = (value: string | readonly string[]): string[] => [value].flat();

const statementsOf = (files: typeof POLICY_FILES): Statement[] =>
  files.flatMap(({ document }) =>
    document.Statement.map(({ Action, Resource }) => ({
      effect: 'Allow' as const,
      actions: textsOf(Action),
      resources: textsOf(Resource),
    })),
  );

const isOfExecution = ({ path }: { readonly path: string }) => path.includes('execution-policy');
const executionStatements = statementsOf(POLICY_FILES.filter(isOfExecution));
const isAllowed = (statements: readonly Statement[], call: Call) => denialOf(statements, call) === null;
/** Whether it is allowed on any resource: which one is another test's matter. */
const isAllowedSomewhere = (statements: readonly Statement[], action: string) =>
  isAllowed(
    statements.map((statement) => ({ ...statement, resources: ['*'] })),
    { action, resource: 'any' },
  );

const isUnused = (action: string) => Object.values(UNUSED).some((pattern) => pattern.test(action));
const actionsOf = (type: string): string[] =>
  [...(HANDLER_PERMISSIONS[type] ?? []), ...(DOCUMENTED[type] ?? [])].filter((action) => !isUnused(action));

/** An action that creates a resource, and the ARN from its name. */
const CREATED: Readonly<Record<string, readonly [action: string, arn: string, property?: string]>> = {
  'AWS::Lambda::Function': ['lambda:CreateFunction', 'arn:aws:lambda:eu-west-1:1:function:NAME'],
  'AWS::Lambda::LayerVersion': ['lambda:PublishLayerVersion', 'arn:aws:lambda:eu-west-1:1:layer:NAME'],
  'AWS::IAM::Role': ['iam:CreateRole', 'arn:aws:iam::1:role/NAME'],
  'AWS::DynamoDB::Table': ['dynamodb:CreateTable', 'arn:aws:dynamodb:eu-west-1:1:table/NAME'],
  'AWS::SQS::Queue': ['sqs:CreateQueue', 'arn:aws:sqs:eu-west-1:1:NAME'],
  'AWS::S3::Bucket': ['s3:CreateBucket', 'arn:aws:s3:::NAME'],
  'AWS::Events::Rule': ['events:PutRule', 'arn:aws:events:eu-west-1:1:rule/NAME'],
  'AWS::Logs::LogGroup': [
    'logs:CreateLogGroup',
    'arn:aws:logs:eu-west-1:1:log-group:NAME:log-stream:',
    'LogGroupName',
  ],
  'AWS::CloudWatch::Alarm': [
    'cloudwatch:PutMetricAlarm',
    'arn:aws:cloudwatch:eu-west-1:1:alarm:NAME',
    'AlarmName',
  ],
  'AWS::CloudWatch::Dashboard': [
    'cloudwatch:PutDashboard',
    'arn:aws:cloudwatch::1:dashboard/NAME',
    'DashboardName',
  ],
  'AWS::SNS::Topic': ['sns:CreateTopic', 'arn:aws:sns:eu-west-1:1:NAME', 'TopicName'],
  'AWS::CloudFront::Function': ['cloudfront:CreateFunction', 'arn:aws:cloudfront::1:function/NAME', 'Name'],
  'AWS::WAFv2::WebACL': ['wafv2:CreateWebACL', 'arn:aws:wafv2:us-east-1:1:global/webacl/NAME/id', 'Name'],
  'AWS::SecretsManager::Secret': [
    'secretsmanager:CreateSecret',
    'arn:aws:secretsmanager:eu-west-1:1:secret:NAME',
  ],
  'AWS::CodeDeploy::Application': [
    'codedeploy:CreateApplication',
    'arn:aws:codedeploy:eu-west-1:1:application:NAME',
  ],
  'AWS::CodeDeploy::DeploymentGroup': [
    'codedeploy:CreateDeploymentGroup',
    'arn:aws:codedeploy:eu-west-1:1:deploymentgroup:Ancrage-prod-Application/NAME',
  ],
  'AWS::Scheduler::Schedule': [
    'scheduler:CreateSchedule',
    'arn:aws:scheduler:eu-west-1:1:schedule/default/NAME',
  ],
};

/** CloudFormation names these by the logical id alone. */
const BY_LOGICAL_ID = ['AWS::Lambda::LayerVersion', 'AWS::SecretsManager::Secret'];

const joined = (value: unknown): string =>
  typeof value === 'string'
    ? value
    : (value as { 'Fn::Join': [string, unknown[]] })['Fn::Join'][1]
        .map((part) => (typeof part === 'string' ? part : 'x'))
        .join('');

/** Return the name that the template gives, or one as CloudFormation would give. */
function nameOf({ id, stack, type, properties }: Resource, property: string | undefined): string {
  const given = property === undefined ? undefined : properties[property];
  if (given !== undefined) return joined(given);
  if (BY_LOGICAL_ID.includes(type)) return `${id}-AbCdEf`;
  const name = `${stack}-${id}-ABCDEF123456`;
  return type === 'AWS::S3::Bucket' ? name.toLowerCase() : name;
}

/** The calls of `npm run smoke` that creates a project: recorded once, on a local stack. */
const SMOKE = [
  ...['ConditionCheckItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'].map((operation) => ({
    action: `dynamodb:${operation}`,
    resource: 'arn:aws:dynamodb:eu-west-1:1:table/Ancrage-prod-DataTable-ABCDEF123456',
  })),
  {
    action: 'sqs:SendMessage',
    resource: 'arn:aws:sqs:eu-west-1:1:Ancrage-prod-EventsQueue7396B467-ABCDEF123456',
  },
  ...['kms:Decrypt', 'kms:GenerateDataKey'].map((action) => ({
    action,
    resource: 'arn:aws:kms:eu-west-1:1:key/1234abcd',
  })),
];

describe('the policies for a deployment', () => {
  const directory = mkdtempSync(join(tmpdir(), 'ancrage-policies-'));
  afterAll(() => rmSync(directory, { recursive: true }));
  let resources: readonly Resource[];

  beforeAll(async () => {
    const templates = await synthesizeStages(directory);
    resources = Object.values(templates)
      .flat()
      .flatMap((path) => {
        const [stack = ''] = path.split('/').at(-1)?.split('.') ?? [];
        const { Resources } = JSON.parse(readFileSync(path, 'utf8'));
        return Object.entries<{ Type: string; Properties?: Record<string, unknown> }>(Resources).map(
          ([id, { Type, Properties = {} }]) => ({ id, stack, type: Type, properties: Properties }),
        );
      });
  });

  it('know every resource type of dev, prod and every setting', () => {
    const types = new Set(resources.map(({ type }) => type));
    expect([...types].filter((type) => actionsOf(type).length === 0)).toEqual([]);
  });

  it.each(Object.keys({ ...HANDLER_PERMISSIONS, ...DOCUMENTED }))('let CloudFormation manage %s', (type) => {
    const missing = actionsOf(type).filter((action) => !isAllowedSomewhere(executionStatements, action));
    expect(missing).toEqual([]);
  });

  it('need the policy for networks for nothing but networks', () => {
    const others = statementsOf(
      POLICY_FILES.filter((file) => isOfExecution(file) && !file.path.includes('network')),
    );
    const refused = resources
      .filter(({ type }) => !type.startsWith('AWS::EC2::'))
      .flatMap(({ type }) => actionsOf(type))
      .filter((action) => !isAllowedSomewhere(others, action));
    expect([...new Set(refused)]).toEqual([]);
  });

  it('let CloudFormation create each resource by the name that it gets', () => {
    const refused = resources.flatMap((resource) => {
      const created = CREATED[resource.type];
      if (created === undefined) return [];
      const [action, arn, property] = created;
      const call = { action, resource: arn.replace('NAME', nameOf(resource, property)) };
      return isAllowed(executionStatements, call) ? [] : [`${call.action} ${call.resource}`];
    });
    expect(refused).toEqual([]);
    const stranger = {
      action: 'lambda:CreateFunction',
      resource: 'arn:aws:lambda:eu-west-1:1:function:Shop-x',
    };
    expect(isAllowed(executionStatements, stranger)).toBe(false);
  });

  it('attach the managed policies of the templates', () => {
    const attached = resources
      .flatMap(({ properties }) => (properties.ManagedPolicyArns ?? []) as unknown[])
      .map((arn) => joined(arn).split(':').at(-1));
    const allowed = POLICY_FILES.flatMap(({ document }) => document.Statement)
      .filter(({ Action }) => textsOf(Action).includes('iam:AttachRolePolicy'))
      .map(({ Condition }) => String(Condition?.ArnEquals?.['iam:PolicyARN']).split(':').at(-1));
    expect(allowed).toHaveLength(1);
    expect(attached.filter((policy) => !allowed.includes(policy))).toEqual([]);
  });

  it('let the caller do what the smoke test does, and nothing of CloudFormation’s', () => {
    const statements = statementsOf(POLICY_FILES.filter((file) => !isOfExecution(file)));
    expect(SMOKE.filter((call) => !isAllowed(statements, call))).toEqual([]);
    const allowed = Object.keys(HANDLER_PERMISSIONS)
      .flatMap(actionsOf)
      .filter((action) => /:(Create|Delete|Put|Update)/.test(action))
      .filter((action) => isAllowedSomewhere(statements, action));
    expect(allowed).toEqual([]);
  });

  it('leave out nothing in vain, and excuse no statement in vain', () => {
    const listed = Object.values(HANDLER_PERMISSIONS).flat();
    expect(
      Object.keys(UNUSED).filter((reason) => !listed.some((action) => UNUSED[reason]?.test(action))),
    ).toEqual([]);
    const sids = POLICY_FILES.flatMap(({ document }) => document.Statement).map(({ Sid }) => Sid);
    expect(Object.keys(WITHOUT_NAMES).filter((sid) => !sids.includes(sid))).toEqual([]);
  });

  describe.each(POLICY_FILES)('$path', ({ text, document }) => {
    it('is a policy within IAM’s limit', () => {
      expect(document.Version).toBe('2012-10-17');
      expect(text.replaceAll(/\s/g, '').length).toBeLessThanOrEqual(LIMIT);
      const sids = document.Statement.map(({ Sid }) => Sid);
      expect(new Set(sids).size).toBe(sids.length);
    });

    it('allows no service as a whole', () => {
      const actions = document.Statement.flatMap(({ Action }) => textsOf(Action));
      expect(actions.filter((action) => !/^[\w-]+:(Get|Describe|[A-Z]\w+)/.test(action))).toEqual([]);
    });

    it('names what is Ancrage’s wherever it has a name', () => {
      const unnamed = document.Statement.filter(({ Resource, Condition }) => {
        const scopes = [...textsOf(Resource), JSON.stringify(Condition ?? '')];
        return !scopes.some((scope) => /ancrage/i.test(scope));
      });
      expect(unnamed.map(({ Sid }) => Sid).filter((sid) => !(sid in WITHOUT_NAMES))).toEqual([]);
    });

    it('passes roles to services that it names', () => {
      const passing = document.Statement.filter(({ Action }) => textsOf(Action).includes('iam:PassRole'));
      for (const { Resource, Condition } of passing)
        expect(
          Condition?.StringEquals?.['iam:PassedToService'] !== undefined ||
            textsOf(Resource).every((arn) => arn.includes('role/aws-service-role/')),
        ).toBe(true);
    });
  });
});
