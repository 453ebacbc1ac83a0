import { Annotations, Aws, CustomResource, Duration, RemovalPolicy, Size, Stack, Tags } from 'aws-cdk-lib';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AllowedMethods,
  type BehaviorOptions,
  CachePolicy,
  Distribution,
  Function as EdgeFunction,
  type ErrorResponse,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HeadersFrameOption,
  HeadersReferrerPolicy,
  HttpVersion,
  OriginRequestPolicy,
  ResponseHeadersPolicy,
  S3OriginAccessControl,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { CloudFrontTarget } from 'aws-cdk-lib/aws-route53-targets';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { BucketDeployment, Source } from 'aws-cdk-lib/aws-s3-deployment';
import { Construct, type IConstruct } from 'constructs';
import { ORIGIN_HEADER } from '../../core/contract.ts';
import type { StageConfig } from '../config.ts';
import { consoleAssets } from '../console-assets.ts';
import { acknowledge } from './acknowledge.ts';
import { customerKey, encryptedLog } from './customer-key.ts';
import { deploymentRole } from './deployment-role.ts';
import { tagEverything } from './govern.ts';
import { nameInAccount } from './name-in-account.ts';
import type { OriginSecret } from './origin-secret.ts';
import { pointTo } from './point-to.ts';
import { privateBucket } from './private-bucket.ts';

export interface ConsoleProps {
  readonly config: StageConfig;
  readonly api: HttpApi;
  /** @default the API takes requests from anywhere */
  readonly originSecret: OriginSecret | undefined;
}

/** Paths that CloudFront forwards to the API; all others belong to the console. Weavy's paths are case-insensitive. */
const API_PATHS = ['/v1/*', '/V1/*', '/api/*', '/openapi*.json', '/docs'];

/**
 * The statuses that CloudFront caches for ten seconds unless told otherwise, under a key that has no bearer in it: one caller's 404
 * would be everybody's. https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/HTTPStatusCodes.html
 */
const UNCACHED_ERRORS: ErrorResponse[] = [400, 403, 404, 405, 414, 500, 501, 502, 503, 504].map(
  (httpStatus) => ({ httpStatus, ttl: Duration.seconds(0) }),
);

const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The CDK asks for a statement in the key's policy that it cannot add. */
const KEY_POLICY_WARNINGS = ['wildcardKeyPolicyForOac', 'updateImportedKeyPolicyOac'].map(
  (name) => `@aws-cdk/aws-cloudfront-origins:${name}`,
);

const COPIER =
  "The CDK's own function: CloudFormation invokes it during a deployment, which fails if the function does.";

const isCopier = (construct: IConstruct): boolean =>
  construct.node.id.startsWith('Custom::CDKBucketDeployment');

/**
 * Remove the tag that marks the bucket's files as owned by a deployment. With it, the copier would leave the files in
 * the bucket when the stack is deleted: https://github.com/aws/aws-cdk/issues/33397
 */
function disown(bucket: IBucket, deployment: BucketDeployment): void {
  for (const { node } of deployment.node.findAll().filter((part) => part instanceof CustomResource))
    Tags.of(bucket).remove(`aws-cdk:cr-owned:${node.addr.slice(-8)}`);
}

/**
 * Serve the same document for every path, because the console routes in the browser. CloudFront's path patterns mind letter case and
 * trailing slashes, so what gets here and looks like a path of the API is a misspelt one, and a client of the API wants no page.
 */
const ONE_DOCUMENT = `function handler(event) {
  var request = event.request;
  if (request.uri === '/docs/')
    return { statusCode: 308, statusDescription: 'Permanent Redirect', headers: { location: { value: '/docs' } } };
  if (/^\\/((v1|api|docs)(\\/|$)|openapi[^/]*\\.json$)/i.test(request.uri))
    return {
      statusCode: 404,
      statusDescription: 'Not Found',
      headers: {
        'content-type': { value: 'application/problem+json' },
        'cache-control': { value: 'no-store' }
      },
      body: JSON.stringify({
        type: 'about:blank',
        title: 'Not found',
        status: 404,
        detail: 'There is no ' + request.method + ' ' + request.uri + '.'
      })
    };
  request.uri = '/index.html';
  return request;
}`;

/**
 * The web console, served from a private bucket. It shares a host with the API, so it needs no CORS and its content
 * security policy allows only its own origin.
 */
export class Console extends Construct {
  readonly distribution: Distribution;
  readonly url: string;
  /** Host name of the console and the API. */
  readonly host: string;

  constructor(scope: Construct, id: string, { config, api, originSecret }: ConsoleProps) {
    super(scope, id);
    const key = customerKey(this, config.encryptionKeyArn);
    // CloudFormation cannot delete a bucket that contains files, and only ephemeral stages empty theirs.
    const bucket = privateBucket(this, 'Bucket', {
      key,
      retainData: config.retainData,
      unlogged: 'It holds only a copy of the console, which the repository can rebuild.',
    });
    const { stage } = config;
    const originAccessControl = new S3OriginAccessControl(this, 'BucketAccess', {
      originAccessControlName: nameInAccount(stage, 'console'),
    });
    const origin = S3BucketOrigin.withOriginAccessControl(bucket, { originAccessControl });
    const apiHeaders = this.#apiHeaders(stage);
    this.distribution = new Distribution(this, 'Distribution', {
      comment: `Ancrage ${stage}: console and API`,
      errorResponses: UNCACHED_ERRORS,
      httpVersion: HttpVersion.HTTP2_AND_3,
      ...(config.webAcl !== undefined && { webAclId: config.webAcl }),
      ...(config.domain && {
        domainNames: [config.domain.name],
        certificate: Certificate.fromCertificateArn(this, 'Certificate', config.domain.certificateArn),
      }),
      defaultBehavior: {
        origin,
        viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        cachePolicy: CachePolicy.CACHING_DISABLED,
        responseHeadersPolicy: this.#headers(stage, 'page', 'no-cache'),
        functionAssociations: [
          { eventType: FunctionEventType.VIEWER_REQUEST, function: this.#oneDocument(stage) },
        ],
      },
      additionalBehaviors: {
        // The names of assets contain a hash of their content.
        '/assets/*': {
          origin,
          viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
          cachePolicy: CachePolicy.CACHING_OPTIMIZED,
          responseHeadersPolicy: this.#headers(stage, 'asset', 'public, max-age=31536000, immutable'),
        },
        ...Object.fromEntries(API_PATHS.map((path) => [path, apiBehavior(api, apiHeaders, originSecret)])),
      },
    });
    if (key !== undefined)
      for (const warning of KEY_POLICY_WARNINGS)
        Annotations.of(this).acknowledgeWarning(
          warning,
          'docs/deploying.md has the policy of the given key.',
        );
    acknowledge(this.distribution, {
      'AwsSolutions-CFR1': 'Subscribers and operators may be in any country.',
      'AwsSolutions-CFR3': "The API has its own access log; everything else is the console's files.",
      ...(!config.webAcl && {
        'AwsSolutions-CFR2':
          'A web ACL is a setting; every route that is not public requires a bearer token, and the API throttles.',
      }),
      ...(!config.domain && {
        'AwsSolutions-CFR4':
          "The default domain uses CloudFront's certificate, whose TLS versions cannot be restricted.",
      }),
    });
    const { name = this.distribution.domainName, hostedZone } = config.domain ?? {};
    this.host = name;
    this.url = `https://${name}`;
    if (hostedZone !== undefined) pointTo(this, name, hostedZone, new CloudFrontTarget(this.distribution));
    this.#deploy(bucket, config);
  }

  #deploy(bucket: IBucket, config: StageConfig): void {
    const logGroup = new LogGroup(this, 'DeploymentLogs', {
      logGroupName: `/ancrage/${config.stage}/console-deployment`,
      retention: config.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
      ...encryptedLog(this, config),
    });
    const assets = new Asset(this, 'Assets', { path: consoleAssets() });
    const deployment = new BucketDeployment(this, 'Deployment', {
      destinationBucket: bucket,
      sources: [Source.bucket(assets.bucket, assets.s3ObjectKey)],
      role: deploymentRole(this, {
        assets,
        bucket,
        logGroup,
        key: customerKey(this, config.encryptionKeyArn),
        retainFiles: config.retainData,
      }),
      // An open console loads its chunks on demand, so those of the former version must stay.
      prune: false,
      retainOnDelete: config.retainData,
      memoryLimit: 256,
      ephemeralStorageSize: Size.mebibytes(512),
      logGroup,
    });
    if (!config.retainData) disown(bucket, deployment);
    for (const handler of Stack.of(this).node.children.filter(isCopier)) {
      // It is outside the platform's construct.
      tagEverything(handler as Construct, config);
      acknowledge(handler, {
        'AwsSolutions-L1': COPIER,
        'Serverless-LambdaDLQ': COPIER,
        'Serverless-LambdaLatestVersion': COPIER,
        'Serverless-LambdaTracing': COPIER,
      });
    }
  }

  #oneDocument(stage: string): EdgeFunction {
    return new EdgeFunction(this, 'OneDocument', {
      functionName: nameInAccount(stage, 'one-document'),
      code: FunctionCode.fromInline(ONE_DOCUMENT),
      runtime: FunctionRuntime.JS_2_0,
      comment: 'Serves the same document for every path of the console, and 404 for misspelt ones of the API',
    });
  }

  /** The headers of the API's functions, for answers that the gateway or the distribution makes itself. */
  #apiHeaders(stage: string): ResponseHeadersPolicy {
    return new ResponseHeadersPolicy(this, 'ApiHeaders', {
      responseHeadersPolicyName: nameInAccount(stage, 'api'),
      securityHeadersBehavior: {
        contentTypeOptions: { override: true },
        strictTransportSecurity: { accessControlMaxAge: Duration.days(365), override: true },
      },
      customHeadersBehavior: {
        // The description of the API may be cached.
        customHeaders: [{ header: 'cache-control', value: 'no-store', override: false }],
      },
    });
  }

  #headers(stage: string, what: 'page' | 'asset', cacheControl: string): ResponseHeadersPolicy {
    return new ResponseHeadersPolicy(this, what === 'page' ? 'PageHeaders' : 'AssetHeaders', {
      responseHeadersPolicyName: nameInAccount(stage, what),
      securityHeadersBehavior: {
        contentSecurityPolicy: { contentSecurityPolicy: CONTENT_SECURITY_POLICY, override: true },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
        referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: true },
        strictTransportSecurity: { accessControlMaxAge: Duration.days(365), override: true },
      },
      customHeadersBehavior: {
        customHeaders: [
          { header: 'cache-control', value: cacheControl, override: true },
          { header: 'cross-origin-opener-policy', value: 'same-origin', override: true },
        ],
      },
    });
  }
}

function apiBehavior(
  api: HttpApi,
  responseHeadersPolicy: ResponseHeadersPolicy,
  originSecret: OriginSecret | undefined,
): BehaviorOptions {
  const customHeaders = originSecret && { [ORIGIN_HEADER]: originSecret.headerValue };
  return {
    origin: new HttpOrigin(`${api.apiId}.execute-api.${Aws.REGION}.${Aws.URL_SUFFIX}`, {
      ...(customHeaders && { customHeaders }),
    }),
    viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
    allowedMethods: AllowedMethods.ALLOW_ALL,
    cachePolicy: CachePolicy.CACHING_DISABLED,
    responseHeadersPolicy,
    // API Gateway selects the API by the Host header, which must be its own name.
    originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
  };
}
