import { ACCOUNT_ID } from '../settings.ts';
import type { Service } from './calls.ts';
import type { Call, Denial } from './policy.ts';

export interface Refusal {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const STATUS: Readonly<Record<Service, number>> = {
  ...{ dynamodb: 400, kms: 400, secretsmanager: 400 },
  ...{ sqs: 403, s3: 403, cloudfront: 403 },
};

/** Return AWS's response to a call that the role does not allow. */
export function accessDenied(
  service: Service,
  user: { readonly role: string; readonly session: string },
  { action, resource }: Call,
  denial: Denial,
): Refusal {
  // SQS writes its actions in lower case.
  const actionText = service === 'sqs' ? action.toLowerCase() : action;
  const reason =
    denial === 'denied'
      ? 'with an explicit deny in an identity-based policy'
      : `because no identity-based policy allows the ${actionText} action`;
  const arn = `arn:aws:sts::${ACCOUNT_ID}:assumed-role/${user.role}/${user.session}`;
  const message = `User: ${arn} is not authorized to perform: ${actionText} on resource: ${resource} ${reason}`;
  return refusal(service, STATUS[service], 'AccessDenied', message);
}

/** Return the response to a request that a web page may have sent. */
export function pageRefused(service: Service, message: string): Refusal {
  return refusal(service, 403, 'AccessDenied', message);
}

/** Return AWS's response to an unknown access key. */
export function unknownKey(service: Service): Refusal {
  const message = 'The security token included in the request is invalid.';
  return refusal(service, STATUS[service], 'UnknownKey', message);
}

type Reason = 'AccessDenied' | 'UnknownKey';

/** The code by which SDKs recognise an error: of most services, of SQS's former protocol, and of S3, which answers in XML. */
const CODES: Readonly<
  Record<Reason, { readonly json: string; readonly query: string; readonly xml: string }>
> = {
  AccessDenied: { json: 'AccessDeniedException', query: 'AccessDenied;Sender', xml: 'AccessDenied' },
  UnknownKey: {
    json: 'UnrecognizedClientException',
    query: 'InvalidClientTokenId;Sender',
    xml: 'InvalidAccessKeyId',
  },
};

function refusal(service: Service, status: number, reason: Reason, message: string): Refusal {
  const { json, query, xml } = CODES[reason];
  if (service === 's3')
    return {
      status,
      headers: { 'content-type': 'application/xml' },
      body: `<Error><Code>${xml}</Code><Message>${message}</Message></Error>`,
    };
  return {
    status,
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      ...(service === 'sqs' && { 'x-amzn-query-error': query }),
    },
    body: JSON.stringify({ __type: `com.amazon.coral.service#${json}`, Message: message }),
  };
}
