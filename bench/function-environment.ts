import { createServer } from 'node:http';
import { type DestinationPolicy, ENV, type ProjectLimits } from '../core/contract.ts';
import { accessKeyOf } from '../local/access/access-keys.ts';
import { type LoopbackServer, listenOnLoopback } from '../local/http/loopback.ts';
import { CREDENTIALS, REGION } from '../local/settings.ts';
import { type Resource, resourcesOf, type Template } from '../local/template.ts';

const POLICY: DestinationPolicy = { allowHttp: true, allowLoopback: true, allowedPorts: [] };

/** Nothing that a bench does is held back. */
const LIMITS: ProjectLimits = {
  eventsPerSecond: 1e9,
  burst: 1e9,
  megabytesPerDay: 1e9,
  loggedMegabytesPerDay: 1e9,
  keys: 1e9,
  eventTypes: 1e9,
  tests: 1e9,
  jobs: 1e9,
};

/** Return the variables of a function that runs in its own process. */
export const variablesOf = (name: string, table: { name: string; endpoint: string }) => ({
  AWS_REGION: REGION,
  POWERTOOLS_SERVICE_NAME: name,
  AWS_ACCESS_KEY_ID: accessKeyOf(name, CREDENTIALS),
  AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
  AWS_ENDPOINT_URL_DYNAMODB: table.endpoint,
  [ENV.tableName]: table.name,
  [ENV.destinationPolicy]: JSON.stringify(POLICY),
  [ENV.stage]: 'bench',
  [ENV.writeFormat]: '2',
  [ENV.largeBodiesBucket]: 'none-is-large',
  [ENV.projectLimits]: JSON.stringify(LIMITS),
  [ENV.stackKey]: 'bench',
  [ENV.maxSubscriptionsPerProject]: '1000000',
  [ENV.retentionDays]: '30',
});

export function tableIn(template: Template): Resource {
  const [[, resource] = []] = resourcesOf(template, 'AWS::DynamoDB::Table');
  if (resource === undefined) throw new Error('The template has no table.');
  return resource;
}

/** An endpoint that responds with 204. */
export interface Sink extends LoopbackServer {
  /** Return the number of requests since the last call. */
  takeArrivals(): number;
}

export async function startSink(): Promise<Sink> {
  let arrivals = 0;
  const server = createServer((request, response) => {
    arrivals++;
    request.resume();
    request.on('end', () => response.writeHead(204).end());
  });
  return {
    ...(await listenOnLoopback(server)),
    takeArrivals() {
      const taken = arrivals;
      arrivals = 0;
      return taken;
    },
  };
}
