import { Duration } from 'aws-cdk-lib';
import {
  HttpApi as GatewayHttpApi,
  HttpMethod,
  HttpNoneAuthorizer,
  HttpRoute,
  HttpRouteKey,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaAuthorizer, HttpLambdaResponseType } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Construct } from 'constructs';
import type { AncrageFunction } from './ancrage-function.ts';

export interface HttpApiProps {
  readonly authorizer: AncrageFunction;
}

/** The HTTP API. Each route names the function behind it; all but the open ones pass the authorizer. */
export class HttpApi extends Construct {
  readonly api: GatewayHttpApi;
  readonly #authorizer: HttpLambdaAuthorizer;

  constructor(scope: Construct, id: string, props: HttpApiProps) {
    super(scope, id);
    this.api = new GatewayHttpApi(this, 'Api', { description: 'Ancrage: subscriptions, events, projects' });
    // Nothing is cached and no identity source is required here: the gateway would answer a missing header itself,
    // in a form that is not a problem document. The function keeps what it looked up for at most a minute.
    this.#authorizer = new HttpLambdaAuthorizer('Authorizer', props.authorizer, {
      responseTypes: [HttpLambdaResponseType.SIMPLE],
      identitySource: [],
      resultsCacheTtl: Duration.seconds(0),
    });
  }

  /** Routes such as `GET /v1/projects/{project}`, or `$default` for whatever no other route takes. */
  route(fn: AncrageFunction, ...routeKeys: string[]): void {
    this.#add(fn, routeKeys, this.#authorizer);
  }

  /** Routes that anyone may call. */
  openRoute(fn: AncrageFunction, ...routeKeys: string[]): void {
    this.#add(fn, routeKeys, new HttpNoneAuthorizer());
  }

  #add(
    fn: AncrageFunction,
    routeKeys: string[],
    authorizer: HttpLambdaAuthorizer | HttpNoneAuthorizer,
  ): void {
    const integration = new HttpLambdaIntegration(`${fn.node.id}Integration`, fn);
    for (const routeKey of routeKeys) {
      new HttpRoute(this, routeKey.replaceAll('/', '.'), {
        httpApi: this.api,
        routeKey: parseRouteKey(routeKey),
        integration,
        authorizer,
      });
    }
  }
}

function parseRouteKey(routeKey: string): HttpRouteKey {
  if (routeKey === '$default') return HttpRouteKey.DEFAULT;
  const [method, path] = routeKey.split(' ');
  return HttpRouteKey.with(path ?? '', HttpMethod[method as keyof typeof HttpMethod]);
}
