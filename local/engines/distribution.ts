import type { Access } from '../access/access.ts';
import { type EngineResponse, startGate } from '../access/gate.ts';
import type { Engine } from './dynoxide.ts';

export interface Distribution extends Engine {
  /** Return the headers that the next request to the API gets. */
  originHeaders(): Readonly<Record<string, string>>;
}

/** How often somebody asks whether an update is deployed before it is. */
const IN_PROGRESS_FOR = 3;

/**
 * Start a stand-in for CloudFront's own API behind a gate. It shows the distribution with its origin's header, and takes another
 * value. Like the edges of a real one, requests get the former value or the new one, in turn, until the update is deployed.
 * https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_UpdateDistribution.html
 */
export async function startDistribution(
  header: { readonly name: string; readonly value: string },
  access: Access,
): Promise<Distribution> {
  let config = configWith(header);
  let version = 1;
  let former = header.value;
  let value = header.value;
  let asksLeft = 0;
  let turn = 0;
  const answer = (status: number, body: string): EngineResponse => ({
    status,
    headers: { 'content-type': 'text/xml', etag: `E${version}` },
    body: Buffer.from(body),
  });
  const gate = await startGate(
    'cloudfront',
    async ({ method, url, headers, body }) => {
      if (method === 'GET' && !url.endsWith('/config')) {
        if (asksLeft > 0) asksLeft -= 1;
        return answer(200, distributionXml(url, asksLeft > 0 ? 'InProgress' : 'Deployed', config));
      }
      if (method !== 'PUT') return answer(405, errorXml('InvalidAction', `There is no ${method} here.`));
      if (headers['if-match'] !== `E${version}`)
        return answer(412, errorXml('PreconditionFailed', 'The distribution has changed.'));
      config = body.toString().replace(/^.*?(?=<DistributionConfig)/s, '');
      version += 1;
      former = value;
      value = valueIn(config, header.name);
      asksLeft = IN_PROGRESS_FOR;
      return answer(200, distributionXml(url.replace(/\/config$/, ''), 'InProgress', config));
    },
    access,
  );
  return {
    endpoint: gate.endpoint,
    stop: () => gate.stop(),
    originHeaders() {
      turn += 1;
      return { [header.name]: asksLeft > 0 && turn % 2 === 0 ? former : value };
    },
  };
}

const configWith = ({ name, value }: { readonly name: string; readonly value: string }): string =>
  `<DistributionConfig><CallerReference>local</CallerReference><Origins><Quantity>2</Quantity><Items>${[
    '<Origin><Id>console</Id><DomainName>console</DomainName><CustomHeaders><Quantity>0</Quantity></CustomHeaders></Origin>',
    `<Origin><Id>api</Id><DomainName>api</DomainName><CustomHeaders><Quantity>1</Quantity><Items><OriginCustomHeader><HeaderName>${name}</HeaderName><HeaderValue>${value}</HeaderValue></OriginCustomHeader></Items></CustomHeaders></Origin>`,
  ].join(
    '',
  )}</Items></Origins><DefaultCacheBehavior><TargetOriginId>console</TargetOriginId><ViewerProtocolPolicy>https-only</ViewerProtocolPolicy></DefaultCacheBehavior><Comment></Comment><Enabled>true</Enabled></DistributionConfig>`;

const valueIn = (config: string, name: string): string =>
  new RegExp(`<HeaderName>${name}</HeaderName><HeaderValue>([^<]*)</HeaderValue>`).exec(config)?.[1] ?? '';

const distributionXml = (url: string, status: string, config: string): string =>
  `<Distribution xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/"><Id>${url.split('/').at(-1)}</Id><Status>${status}</Status>${config}</Distribution>`;

const errorXml = (code: string, message: string): string =>
  `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`;
