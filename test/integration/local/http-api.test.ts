import { describe, expect, it } from 'vitest';
import { readFunctions } from '../../../local/functions/function-definition.ts';
import { readRoutes } from '../../../local/http/http-api.ts';
import { referentsOf } from '../../../local/referents.ts';
import type { Template } from '../../../local/template.ts';

const ROUTE = { RouteKey: 'GET /a', Target: { 'Fn::Join': ['', ['integrations/', { Ref: 'Integration' }]] } };
const INTEGRATION = { PayloadFormatVersion: '2.0', IntegrationUri: { 'Fn::GetAtt': ['Api', 'Arn'] } };
const AUTHORIZER = {
  AuthorizerType: 'REQUEST',
  EnableSimpleResponses: true,
  IdentitySource: ['$request.header.Authorization'],
  AuthorizerResultTtlInSeconds: 60,
  AuthorizerUri: {
    'Fn::Join': [
      '',
      [
        'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/',
        { 'Fn::GetAtt': ['Auth', 'Arn'] },
        '/invocations',
      ],
    ],
  },
};

function read(route: object, integration: object = INTEGRATION, authorizer: object = AUTHORIZER) {
  const resource = (Type: string, properties: object, name = 'X') => ({
    Type,
    Properties: properties as Record<string, unknown>,
    Metadata: { 'aws:cdk:path': `Test/${name}/Resource` },
  });
  const code = { Handler: 'index.handler', Code: { S3Key: 'abc.zip' } };
  const template: Template = {
    stackName: 'Test',
    outputs: {},
    assetDirs: { abc: '/bundle' },
    resources: {
      Route: resource('AWS::ApiGatewayV2::Route', route),
      Integration: resource('AWS::ApiGatewayV2::Integration', integration),
      Authorizer: resource('AWS::ApiGatewayV2::Authorizer', authorizer),
      Api: resource('AWS::Lambda::Function', code, 'Api'),
      Auth: resource('AWS::Lambda::Function', code, 'Auth'),
      Live: resource('AWS::Lambda::Alias', { FunctionName: { Ref: 'Auth' }, Name: 'live' }),
    },
  };
  const referents = referentsOf(template, {
    endpoints: { sqs: 'http://sqs.test', http: 'http://api.test' },
    stackUuid: 'uuid',
  });
  return readRoutes(template, referents, readFunctions(template, referents));
}

describe("the template's routes", () => {
  it('are read with their functions and the integration timeout, 30 s by default', () => {
    expect(read(ROUTE)).toEqual([
      { routeKey: 'GET /a', target: { functionName: 'api', authorizer: undefined, timeoutMs: 30_000 } },
    ]);
    expect(read(ROUTE, { ...INTEGRATION, TimeoutInMillis: 5000 })[0]?.target.timeoutMs).toBe(5000);
  });

  it('are read with the function of an alias, and refused with an alias that the function does not have', () => {
    const [route] = read(ROUTE, { ...INTEGRATION, IntegrationUri: { Ref: 'Live' } });
    expect(route?.target.functionName).toBe('auth');
    const other = { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['Api', 'Arn'] }, ':live']] };
    expect(() => read(ROUTE, { ...INTEGRATION, IntegrationUri: other })).toThrow('which it does not contain');
  });

  it('are read with their authorizer', () => {
    const [route] = read({ ...ROUTE, AuthorizationType: 'CUSTOM', AuthorizerId: { Ref: 'Authorizer' } });

    expect(route?.target.authorizer).toEqual({
      functionName: 'auth',
      identitySources: ['$request.header.Authorization'],
      cacheSeconds: 60,
    });
  });

  it.each([
    ['JWT', { AuthorizationType: 'JWT', AuthorizerId: { Ref: 'Authorizer' } }, { AuthorizerType: 'JWT' }],
    ['IAM', { AuthorizationType: 'AWS_IAM' }, AUTHORIZER],
    [
      'a Lambda function that returns policies',
      { AuthorizationType: 'CUSTOM', AuthorizerId: { Ref: 'Authorizer' } },
      { ...AUTHORIZER, EnableSimpleResponses: false },
    ],
  ])('are rejected with an unsupported authorizer instead of being open: %s', (_, route, authorizer) => {
    expect(() => read({ ...ROUTE, ...route }, INTEGRATION, authorizer)).toThrow(
      'The route GET /a has an authorizer',
    );
  });

  it('are rejected with another payload format', () => {
    expect(() => read(ROUTE, { ...INTEGRATION, PayloadFormatVersion: '1.0' })).toThrow('GET /a');
  });
});
