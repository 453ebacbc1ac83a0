import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { AncrageStack } from '../../lib/ancrage-stack.ts';
import { consoleAssets } from '../../lib/console-assets.ts';
import { readStage } from '../../lib/stage-context.ts';

const app = new App({ context: { 'aws:cdk:bundling-stacks': [] } });
const template = Template.fromStack(new AncrageStack(app, 'Ancrage', { settings: readStage(app.node) }));

type Resource = { Properties: Record<string, unknown> };

function only(type: string): Resource['Properties'] {
  const [resource, ...others] = Object.values(template.findResources(type));
  if (resource === undefined || others.length > 0) throw new Error(`There is not exactly one ${type}.`);
  return resource.Properties;
}

interface Behavior {
  readonly PathPattern: string;
  readonly TargetOriginId: string;
  readonly ViewerProtocolPolicy: string;
  readonly AllowedMethods?: string[];
  readonly ResponseHeadersPolicyId?: { readonly Ref: string };
  readonly FunctionAssociations?: unknown[];
}

interface DistributionConfig {
  readonly DefaultCacheBehavior: Behavior;
  readonly CacheBehaviors: Behavior[];
  readonly Origins: { Id: string; OriginAccessControlId?: unknown; CustomOriginConfig?: unknown }[];
}

const { DefaultCacheBehavior, CacheBehaviors, Origins } = only('AWS::CloudFront::Distribution')
  .DistributionConfig as DistributionConfig;
const originOf = ({ TargetOriginId }: Behavior) => Origins.find(({ Id }) => Id === TargetOriginId);

describe('the distribution', () => {
  it('caches no error, since another caller’s bearer may give another answer', () => {
    const { CustomErrorResponses } = only('AWS::CloudFront::Distribution').DistributionConfig as {
      CustomErrorResponses: unknown[];
    };
    expect(CustomErrorResponses).toEqual(
      [400, 403, 404, 405, 414, 500, 501, 502, 503, 504].map((ErrorCode) => ({
        ErrorCode,
        ErrorCachingMinTTL: 0,
      })),
    );
  });
});

describe('the console on AWS', () => {
  it('is stored in a bucket that only its distribution can read', () => {
    template.hasResourceProperties('AWS::S3::Bucket', {
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    });
    const [policy] = Object.entries(template.findResources('AWS::S3::BucketPolicy'))
      .filter(([id]) => id.startsWith('Console'))
      .map(([, { Properties }]) => Properties);
    const { Statement } = (policy as { PolicyDocument: unknown }).PolicyDocument as {
      Statement: { Effect: string; Principal: unknown; Action: unknown; Condition: unknown }[];
    };
    const allowed = Statement.filter(({ Effect }) => Effect === 'Allow');
    expect(allowed).toMatchObject([
      {
        Action: 's3:GetObject',
        Principal: { Service: 'cloudfront.amazonaws.com' },
        Condition: { StringEquals: { 'AWS:SourceArn': expect.anything() } },
      },
    ]);
    expect(originOf(DefaultCacheBehavior)?.OriginAccessControlId).toBeDefined();
  });

  it('forwards every method and header to the API behind the same host, uncached', () => {
    const api = CacheBehaviors.filter((behavior) => originOf(behavior)?.CustomOriginConfig);
    expect(api.map(({ PathPattern }) => PathPattern).toSorted()).toEqual([
      '/V1/*',
      '/api/*',
      '/docs',
      '/openapi*.json',
      '/v1/*',
    ]);
    for (const behavior of api)
      expect(behavior).toMatchObject({
        ViewerProtocolPolicy: 'https-only',
        AllowedMethods: expect.arrayContaining(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
        // The AWS managed policies CachingDisabled and AllViewerExceptHostHeader.
        CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
        OriginRequestPolicyId: 'b689b0a8-53d0-40ab-baf2-68738e2966ac',
      });
  });

  it('sends a content security policy that allows only its own files, and forbids framing', () => {
    const behaviors = [
      DefaultCacheBehavior,
      ...CacheBehaviors.filter(({ PathPattern }) => PathPattern === '/assets/*'),
    ];
    expect(behaviors).toHaveLength(2);
    for (const { ResponseHeadersPolicyId } of behaviors) {
      const { ResponseHeadersPolicyConfig } =
        template.findResources('AWS::CloudFront::ResponseHeadersPolicy')[ResponseHeadersPolicyId?.Ref ?? '']
          ?.Properties ?? {};
      const policy: string =
        ResponseHeadersPolicyConfig.SecurityHeadersConfig.ContentSecurityPolicy.ContentSecurityPolicy;
      expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self';");
      expect(policy).not.toContain('unsafe');
      expect(ResponseHeadersPolicyConfig).toMatchObject({
        SecurityHeadersConfig: {
          ContentTypeOptions: { Override: true },
          FrameOptions: { FrameOption: 'DENY' },
          ReferrerPolicy: { ReferrerPolicy: 'no-referrer' },
          StrictTransportSecurity: { AccessControlMaxAgeSec: 31_536_000 },
        },
      });
    }
  });

  it('responds with the same document at each of its paths', () => {
    expect(DefaultCacheBehavior.FunctionAssociations).toHaveLength(1);
    const { FunctionCode } = only('AWS::CloudFront::Function');
    const handle = new Function('event', `${FunctionCode}; return handler(event);`);
    for (const uri of ['/', '/subscriptions/sub_1', '/event-types/invoice.paid', '/v10', '/apis', '/docsy'])
      expect(handle({ request: { uri } })).toEqual({ uri: '/index.html' });
  });

  it('responds to misspelt paths of the API as the API would, and leads /docs/ to /docs', () => {
    const { FunctionCode } = only('AWS::CloudFront::Function');
    const handle = new Function('event', `${FunctionCode}; return handler(event);`);
    expect(handle({ request: { method: 'GET', uri: '/docs/' } })).toMatchObject({
      statusCode: 308,
      headers: { location: { value: '/docs' } },
    });
    for (const uri of [
      '/V1',
      '/v1',
      '/API/method/x',
      '/Docs',
      '/docs/x',
      '/OpenAPI.json',
      '/openAPI-3.0.JSON',
    ]) {
      const { statusCode, headers, body } = handle({ request: { method: 'GET', uri } });
      expect([uri, statusCode, headers['content-type']]).toEqual([
        uri,
        404,
        { value: 'application/problem+json' },
      ]);
      expect(JSON.parse(body)).toMatchObject({ title: 'Not found', detail: `There is no GET ${uri}.` });
    }
  });

  it('deploys the built files and keeps older ones, which open consoles may still load', () => {
    template.hasResourceProperties('Custom::CDKBucketDeployment', {
      Prune: false,
      SourceObjectKeys: [Match.stringLikeRegexp('[0-9a-f]{64}\\.zip')],
    });
  });
});

describe('the built console', () => {
  const directory = consoleAssets();
  const html = readFileSync(join(directory, 'index.html'), 'utf8');
  const gzipped = (path: string) => gzipSync(readFileSync(join(directory, path))).length;

  it('has one document, and all other files in assets', () => {
    expect(readdirSync(directory).toSorted()).toEqual(['assets', 'index.html']);
  });

  it('has no inline scripts or styles, which the policy would block', () => {
    expect(html).not.toMatch(/<style|<script>|style=|\son\w+=/);
  });

  it('loads less than 150 KB of gzipped scripts for its first page', () => {
    const scripts = new Set(
      [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+\.js)"/g)].map(([, path]) => path),
    );
    // The first page and its imports, direct and indirect.
    const pending = readdirSync(join(directory, 'assets')).filter((name) =>
      name.startsWith('overview-page-'),
    );
    for (const name of pending) {
      scripts.add(`/assets/${name}`);
      const text = readFileSync(join(directory, 'assets', name), 'utf8');
      for (const [, imported] of text.matchAll(/from\s*["`]\.\/([^"`]+\.js)["`]/g))
        if (imported !== undefined && !scripts.has(`/assets/${imported}`)) pending.push(imported);
    }
    const total = [...scripts].reduce((sum, path) => sum + gzipped(path ?? ''), 0);
    expect(scripts.size).toBeGreaterThan(5);
    expect(total).toBeLessThan(150_000);
    // Only pages with an editor load it.
    expect([...scripts].join()).not.toContain('code-mirror');
  });
});
