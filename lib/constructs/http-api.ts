import { Duration } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  type CfnStage,
  DomainName,
  HttpApi as GatewayHttpApi,
  HttpIntegration,
  HttpMethod,
  HttpNoneAuthorizer,
  HttpRoute,
  HttpRouteKey,
  HttpStage,
  IpAddressType,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaAuthorizer, HttpLambdaResponseType } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { CfnPermission } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { ApiGatewayv2DomainProperties } from 'aws-cdk-lib/aws-route53-targets';
import { Construct, type IConstruct } from 'constructs';
import { type ApiFunction, ROUTES, type Route, routeKeysOf } from '../../core/routes.ts';
import type { DomainConfig, StageConfig } from '../config.ts';
import { acknowledge } from './acknowledge.ts';
import type { AncrageFunction } from './ancrage-function.ts';
import { encryptedLog } from './customer-key.ts';
import { keeping } from './keeping.ts';
import { pointTo } from './point-to.ts';

export interface HttpApiProps {
  readonly config: StageConfig;
  readonly authorizer: AncrageFunction;
}

/** Fields of the access log. The path is left out because it contains ids and, for lists, cursors. */
const ACCESS_LOG = {
  apiRequestId: '$context.requestId',
  time: '$context.requestTimeEpoch',
  sourceIp: '$context.identity.sourceIp',
  userAgent: '$context.identity.userAgent',
  routeKey: '$context.routeKey',
  status: '$context.status',
  durationMs: '$context.responseLatency',
  functionMs: '$context.integrationLatency',
  project: '$context.authorizer.project',
  keyId: '$context.authorizer.keyId',
  error: '$context.error.message',
  functionError: '$context.integrationErrorMessage',
  authorizerError: '$context.authorizer.error',
};

/** The HTTP API. Every route except the open ones goes through the authorizer. */
export class HttpApi extends Construct {
  readonly api: GatewayHttpApi;
  /** Base URL without a trailing slash. */
  readonly url: string;
  /** Target for the DNS record of a custom domain. */
  readonly domainTarget: string | undefined;
  /** Contains one line for each request, including those that the authorizer or the throttling rejects. */
  readonly accessLog: LogGroup;
  readonly #authorizer: HttpLambdaAuthorizer;
  /** The same function, for routes whose functions refuse requests without a key themselves. */
  readonly #strangersAuthorizer: HttpLambdaAuthorizer;
  readonly #stage: HttpStage;
  /** Spelt as in CloudFormation: the property has type Json, so the CDK does not capitalise its keys. */
  readonly #throttled: Record<string, { ThrottlingRateLimit: number; ThrottlingBurstLimit: number }> = {};

  constructor(scope: Construct, id: string, { config, authorizer }: HttpApiProps) {
    super(scope, id);
    this.api = new GatewayHttpApi(this, 'Api', {
      apiName: `ancrage-${config.stage}`,
      description: `Ancrage ${config.stage}: API for projects, subscriptions and events`,
      createDefaultStage: false,
    });
    this.accessLog = this.#accessLog(config);
    const domain = config.apiDomain && this.#domain(config.apiDomain);
    this.#stage = new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: config.throttling.ratePerSecond, burstLimit: config.throttling.burst },
      accessLogSettings: {
        destination: new LogGroupLogDestination(this.accessLog),
        format: AccessLogFormat.custom(JSON.stringify(ACCESS_LOG)),
      },
      ...(domain && { domainMapping: { domainName: domain } }),
    });
    this.url = config.apiDomain ? `https://${config.apiDomain.name}` : this.api.apiEndpoint;
    this.domainTarget = domain?.regionalDomainName;
    // The gateway itself rejects a request without the header, so a stranger costs no invocation. It caches nothing: the
    // function caches keys for at most a minute.
    const uncached = {
      responseTypes: [HttpLambdaResponseType.SIMPLE],
      resultsCacheTtl: Duration.seconds(0),
    };
    this.#authorizer = new HttpLambdaAuthorizer('Authorizer', authorizer, {
      ...uncached,
      identitySource: ['$request.header.Authorization'],
    });
    this.#strangersAuthorizer = new HttpLambdaAuthorizer('StrangersAuthorizer', authorizer, {
      ...uncached,
      identitySource: [],
    });
  }

  /** Add a function's routes of `core/routes.ts`. Open routes require no bearer token; the others pass the authorizer. */
  addRoutes(fn: AncrageFunction, name: ApiFunction): void {
    const integration = new HttpLambdaIntegration(`${fn.node.id}Integration`, fn.invoked);
    const rows = Object.values<Route>(ROUTES).filter((row) => row.function === name);
    const parts: IConstruct[] = [];
    for (const row of rows)
      for (const routeKey of routeKeysOf(row)) {
        const isOpen = row.scope === 'open';
        const authorizer = row.refusesStrangers ? this.#strangersAuthorizer : this.#authorizer;
        const route = new HttpRoute(this, routeId(routeKey), {
          httpApi: this.api,
          routeKey: parseRouteKey(routeKey),
          integration,
          authorizer: isOpen ? new HttpNoneAuthorizer() : authorizer,
        });
        parts.push(...route.node.children);
        if (isOpen)
          acknowledge(route, {
            'AwsSolutions-APIG4':
              "It is meant for anybody: the API's own description, or a key in the body that is checked there.",
          });
      }
    if (!fn.inCanary) return;
    // When `canary` is switched on or off, the gateway may invoke the other of function and alias before it is told to.
    const permissions = parts.filter((part) => part instanceof CfnPermission);
    for (const part of parts) if (part instanceof HttpIntegration) part.node.addDependency(...permissions);
  }

  /** Make a route respond with 429 above this rate, independently of the other routes. */
  throttle(row: Route, ratePerSecond: number, burst: number): void {
    const stage = this.#stage.node.defaultChild as CfnStage;
    for (const routeKey of routeKeysOf(row)) {
      this.#throttled[routeKey] = { ThrottlingRateLimit: ratePerSecond, ThrottlingBurstLimit: burst };
      // The gateway rejects settings for a route that does not exist yet.
      stage.node.addDependency(this.node.findChild(routeId(routeKey)));
    }
    stage.routeSettings = this.#throttled;
  }

  #accessLog(config: StageConfig): LogGroup {
    return new LogGroup(this, 'AccessLog', {
      // Groups with this prefix share a resource policy; an account can have only ten of those.
      logGroupName: `/aws/vendedlogs/ancrage/${config.stage}/api`,
      retention: config.logRetentionDays,
      removalPolicy: keeping(config),
      ...encryptedLog(this, config),
    });
  }

  #domain({ name, certificateArn, hostedZone }: DomainConfig): DomainName {
    const domain = new DomainName(this, 'Domain', {
      domainName: name,
      certificate: Certificate.fromCertificateArn(this, 'Certificate', certificateArn),
      // The default, IPv4 only, would leave the IPv6 record without a target.
      ipAddressType: IpAddressType.DUAL_STACK,
    });
    const { regionalDomainName, regionalHostedZoneId } = domain;
    if (hostedZone !== undefined)
      pointTo(
        this,
        name,
        hostedZone,
        new ApiGatewayv2DomainProperties(regionalDomainName, regionalHostedZoneId),
      );
    return domain;
  }
}

const routeId = (routeKey: string): string => routeKey.replaceAll('/', '.');

function parseRouteKey(routeKey: string): HttpRouteKey {
  if (routeKey === '$default') return HttpRouteKey.DEFAULT;
  const [method, path] = routeKey.split(' ');
  return HttpRouteKey.with(path ?? '', HttpMethod[method as keyof typeof HttpMethod]);
}
