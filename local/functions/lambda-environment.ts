import { devNull } from 'node:os';
import { accessKeyOf, type Credentials } from '../access/access-keys.ts';
import { CREDENTIALS, REGION } from '../settings.ts';
import { type FunctionDefinition, versionOf } from './function-definition.ts';

export interface AwsEndpoints {
  readonly sqs: string;
  readonly dynamodb: string;
  readonly kms: string;
  readonly s3: string;
  /** Undefined if the stack has no secret. */
  readonly secrets?: string | undefined;
}

/**
 * Return a function's environment: its own variables and those that Lambda sets.
 *
 * @param credentials the developer's, from which the function's access key is derived
 */
export function lambdaEnvironment(
  fn: FunctionDefinition,
  endpoints: AwsEndpoints,
  credentials: Credentials,
): Record<string, string> {
  const { PATH } = process.env;
  return {
    ...(PATH !== undefined && { PATH }),
    ...fn.environment,
    AWS_REGION: REGION,
    AWS_DEFAULT_REGION: REGION,
    AWS_ACCESS_KEY_ID: accessKeyOf(fn.name, credentials),
    // No signature is verified, and with the developer's secret a function could compute the keys of others.
    AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
    AWS_ENDPOINT_URL_SQS: endpoints.sqs,
    AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamodb,
    AWS_ENDPOINT_URL_KMS: endpoints.kms,
    AWS_ENDPOINT_URL_S3: endpoints.s3,
    ...(endpoints.secrets !== undefined && { AWS_ENDPOINT_URL_SECRETS_MANAGER: endpoints.secrets }),
    // The developer's AWS profile, such as its region or endpoints, must not affect functions.
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_FUNCTION_NAME: fn.functionName,
    AWS_LAMBDA_FUNCTION_VERSION: versionOf(fn),
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(fn.memorySize),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: fn.logGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: 'local',
    LAMBDA_TASK_ROOT: fn.bundleDir,
    _HANDLER: fn.handler,
  };
}
