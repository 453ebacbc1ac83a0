import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { ORIGIN_HEADER } from '../../core/contract.ts';
import { AncrageStack } from '../../lib/ancrage-stack.ts';
import type { AncrageSettings } from '../../lib/settings.ts';
import { BEHIND_CLOUDFRONT, EVERY_SETTING } from './every-setting.ts';

function synthesize(settings: Partial<AncrageSettings>): Template {
  const app = new App({ context: { 'aws:cdk:bundling-stacks': [] } });
  return Template.fromStack(new AncrageStack(app, 'Ancrage', { settings: { stage: 'prod', ...settings } }));
}

interface Resource {
  readonly Properties: Record<string, unknown>;
  readonly DependsOn?: readonly string[];
}

const resources = (template: Template, type: string) =>
  Object.entries(template.findResources(type)) as [string, Resource][];

/** The functions that requests reach first. */
const ENTRANCES = ['Authenticate', 'Authorize', 'OpenApi'];
const nameOf = (logicalId: string) => logicalId.replace(/[\dA-F]{8}$/, '');

const [on, off] = [synthesize({ apiOnlyBehindCloudFront: true }), synthesize({})];
const [[secretId] = ['']] = resources(on, 'AWS::SecretsManager::Secret');
const [[distributionId] = ['']] = resources(on, 'AWS::CloudFront::Distribution');
const functionsOf = (template: Template) => resources(template, 'AWS::Lambda::Function');
const dependenciesOf = ([, { DependsOn = [] }]: [string, Resource]) => DependsOn;

describe('a stage with apiOnlyBehindCloudFront', () => {
  it('has CloudFront send the header to each of the API’s paths, by a reference to the current value', () => {
    const [[, { Properties }] = ['', { Properties: {} }]] = resources(on, 'AWS::CloudFront::Distribution');
    const { Origins } = Properties.DistributionConfig as {
      Origins: { CustomOriginConfig?: object; OriginCustomHeaders?: object[] }[];
    };
    const ofApi = Origins.filter(({ CustomOriginConfig }) => CustomOriginConfig !== undefined);
    expect(ofApi).toHaveLength(5);
    const reference = ['{{resolve:secretsmanager:', { Ref: secretId }, ':SecretString:current::}}'];
    for (const { OriginCustomHeaders } of ofApi)
      expect(OriginCustomHeaders).toEqual([
        { HeaderName: ORIGIN_HEADER, HeaderValue: { 'Fn::Join': ['', reference] } },
      ]);
    for (const { OriginCustomHeaders } of Origins.filter((origin) => !ofApi.includes(origin)))
      expect(OriginCustomHeaders).toBeUndefined();
  });

  // Any other property would have CloudFormation generate a value during the upgrade that brings it.
  it('generates the first value, which is not in the template', () => {
    on.hasResourceProperties('AWS::SecretsManager::Secret', {
      GenerateSecretString: {
        SecretStringTemplate: '{}',
        GenerateStringKey: 'current',
        PasswordLength: 43,
        ExcludePunctuation: true,
      },
    });
    on.resourceCountIs('AWS::SecretsManager::Secret', 1);
    // Where the template resolves the secret, it is in the header.
    expect(JSON.stringify(on.toJSON()).split('{{resolve:').length - 1).toBe(5);
  });

  it('tells the secret’s ARN to the functions that requests reach first, which alone may read it', () => {
    const told = functionsOf(on).filter(([, { Properties }]) =>
      JSON.stringify(Properties.Environment ?? {}).includes(secretId),
    );
    expect(told.map(([id]) => nameOf(id)).toSorted()).toEqual(ENTRANCES);
    const statements = resources(on, 'AWS::IAM::Policy').flatMap(([id, { Properties }]) =>
      (Properties.PolicyDocument as { Statement: { Action: unknown; Resource: unknown }[] }).Statement.filter(
        ({ Action }) => JSON.stringify(Action).includes('secretsmanager'),
      ).map(({ Action, Resource }) => ({
        role: nameOf(id).replace(/RoleDefaultPolicy$/, ''),
        Action,
        Resource,
      })),
    );
    expect(statements.toSorted((a, b) => a.role.localeCompare(b.role))).toEqual(
      ENTRANCES.map((role) => ({
        role,
        Action: 'secretsmanager:GetSecretValue',
        Resource: { Ref: secretId },
      })),
    );
  });

  it('has functions demand the header once CloudFront sends it, and no longer before it stops', () => {
    for (const fn of functionsOf(on).filter(([id]) => ENTRANCES.includes(nameOf(id))))
      expect(dependenciesOf(fn)).toContain(distributionId);
    const [distribution] = resources(off, 'AWS::CloudFront::Distribution');
    const before = distribution === undefined ? [] : dependenciesOf(distribution).map(nameOf);
    expect(before.toSorted()).toEqual(expect.arrayContaining(ENTRANCES));
  });

  it('has the public host as the URL of the API, in the outputs and in its description', () => {
    const host = { 'Fn::GetAtt': [distributionId, 'DomainName'] };
    on.hasOutput('ApiUrl', { Value: { 'Fn::Join': ['', ['https://', host]] } });
    on.hasOutput('OriginSecretArn', { Value: { Ref: secretId } });
    on.hasOutput('DistributionId', { Value: { Ref: distributionId } });
    const [openApi] = functionsOf(on).filter(([id]) => nameOf(id) === 'OpenApi');
    expect(openApi?.[1].Properties.Environment).toMatchObject({ Variables: { PUBLIC_HOST: host } });
    const { webAcl: _, ...settings } = BEHIND_CLOUDFRONT;
    const template = synthesize(settings as unknown as AncrageSettings);
    template.hasOutput('ApiUrl', { Value: 'https://webhooks.example.com' });
    template.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: { PUBLIC_HOST: 'webhooks.example.com' } },
    });
  });

  it('cannot have a domain for the API alone, which clients would reach without CloudFront', () => {
    expect(() => synthesize({ apiDomain: EVERY_SETTING.apiDomain, apiOnlyBehindCloudFront: true })).toThrow(
      'apiOnlyBehindCloudFront must not be set together with `apiDomain`',
    );
  });
});

describe('a stage without', () => {
  it('has neither a secret nor a header, and no function knows of either', () => {
    off.resourceCountIs('AWS::SecretsManager::Secret', 0);
    const text = JSON.stringify(off.toJSON());
    for (const name of [ORIGIN_HEADER, 'secretsmanager', 'ORIGIN_SECRET_ARN', 'PUBLIC_HOST'])
      expect(text).not.toContain(name);
    expect(off.findOutputs('OriginSecretArn')).toEqual({});
  });
});
