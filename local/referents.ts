import { createHash } from 'node:crypto';
import type { Referents } from './resolve.ts';
import { physicalName } from './resource-names.ts';
import { ACCOUNT_ID, REGION } from './settings.ts';
import type { Resource, Template } from './template.ts';

interface Endpoints {
  readonly sqs: string;
  readonly http: string;
}

/** Properties of the running stack that the template does not contain. */
interface RunningStack {
  readonly endpoints: Endpoints;
  /** Last part of the stack's id. */
  readonly stackUuid: string;
}

const PSEUDO_PARAMETERS: Readonly<Record<string, string>> = {
  'AWS::AccountId': ACCOUNT_ID,
  'AWS::Region': REGION,
  'AWS::Partition': 'aws',
  'AWS::URLSuffix': 'amazonaws.com',
};

/** Return the values that the template's references resolve to with the addresses of the engines. */
export function referentsOf(template: Template, { endpoints, stackUuid }: RunningStack): Referents {
  return {
    ref(logicalId) {
      if (logicalId === 'AWS::StackName') return template.stackName;
      if (logicalId === 'AWS::StackId')
        return arn('cloudformation', `stack/${template.stackName}/${stackUuid}`);
      const resource = template.resources[logicalId];
      return resource === undefined
        ? PSEUDO_PARAMETERS[logicalId]
        : refOf(template, logicalId, resource, endpoints);
    },
    attribute(logicalId, name) {
      const resource = template.resources[logicalId];
      return resource && attributesOf(template, logicalId, resource, endpoints)[name];
    },
  };
}

function refOf(template: Template, logicalId: string, resource: Resource, endpoints: Endpoints): string {
  const name = physicalName(template, logicalId);
  switch (resource.Type) {
    case 'AWS::SQS::Queue':
      return queueUrl(endpoints.sqs, name);
    case 'AWS::Logs::LogGroup':
      return logGroupName(name, resource);
    case 'AWS::Lambda::Alias': {
      const { FunctionName, Name } = resource.Properties as { FunctionName: { Ref: string }; Name: string };
      return `${functionArn(physicalName(template, FunctionName.Ref))}:${Name}`;
    }
    case 'AWS::SecretsManager::Secret':
      return arn('secretsmanager', `secret:${name}`);
    default:
      return resource.Type.startsWith('AWS::ApiGatewayV2::') ? logicalId : name;
  }
}

function attributesOf(
  template: Template,
  logicalId: string,
  resource: Resource,
  endpoints: Endpoints,
): Record<string, string> {
  const name = physicalName(template, logicalId);
  switch (resource.Type) {
    case 'AWS::SQS::Queue':
      return { Arn: queueArn(name), QueueName: name, QueueUrl: queueUrl(endpoints.sqs, name) };
    case 'AWS::DynamoDB::Table':
      return { Arn: tableArn(name) };
    case 'AWS::Logs::LogGroup':
      // The ARN in CloudFormation includes all streams of the group.
      return { Arn: arn('logs', `log-group:${logGroupName(name, resource)}:*`) };
    case 'AWS::Lambda::Function':
      return { Arn: functionArn(name) };
    case 'AWS::S3::Bucket':
      return { Arn: objectArn(name) };
    case 'AWS::KMS::Key':
      return { Arn: arn('kms', `key/${name}`) };
    case 'AWS::CloudFront::Distribution':
      return { DomainName: new URL(endpoints.http).host };
    case 'AWS::IAM::Role':
      return { Arn: `arn:aws:iam::${ACCOUNT_ID}:role/${name}`, RoleId: roleId(name) };
    case 'AWS::Events::Rule':
      return { Arn: arn('events', `rule/${name}`) };
    case 'AWS::ApiGatewayV2::Api':
      return { ApiEndpoint: endpoints.http, ApiId: logicalId };
    default:
      return {};
  }
}

function logGroupName(name: string, { Properties }: Resource): string {
  return String(Properties?.LogGroupName ?? name);
}

/** Return the URL of a queue. The engine identifies queues only by the path. */
export function queueUrl(endpoint: string, name: string): string {
  return `${endpoint}/${ACCOUNT_ID}/${name}`;
}

export function functionArn(name: string): string {
  return arn('lambda', `function:${name}`);
}

export function queueArn(name: string): string {
  return arn('sqs', name);
}

/** Return the unique id of a role, by which SQS knows a sender. */
export function roleId(name: string): string {
  const digest = createHash('sha256').update(name).digest('hex');
  return `AROA${digest.slice(0, 17).toUpperCase()}`;
}

/** Return the ARN of an object. @param path of its bucket and its key, as in `bucket/key` */
export const objectArn = (path: string): string => `arn:aws:s3:::${path}`;

export function tableArn(name: string): string {
  return arn('dynamodb', `table/${name}`);
}

function arn(service: string, rest: string): string {
  return `arn:aws:${service}:${REGION}:${ACCOUNT_ID}:${rest}`;
}
