import { ACCOUNT_ID } from '../settings.ts';
import type { Service } from './calls.ts';
import type { Call, Denial } from './policy.ts';

export interface Refusal {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Statuses and codes by which SDKs recognise errors. SQS sends its legacy code in a header. */
const RESPONSES = {
  dynamodb: { status: 400, code: undefined },
  kms: { status: 400, code: undefined },
  sqs: { status: 403, code: 'AccessDenied;Sender' },
} as const;

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
  const { status, code } = RESPONSES[service];
  return refusal(status, 'AccessDeniedException', message, code);
}

/** Return the response to a request that a web page may have sent. */
export function pageRefused(service: Service, message: string): Refusal {
  return refusal(403, 'AccessDeniedException', message, RESPONSES[service].code);
}

/** Return AWS's response to an unknown access key. */
export function unknownKey(service: Service): Refusal {
  const { status, code } = RESPONSES[service];
  return refusal(
    status,
    'UnrecognizedClientException',
    'The security token included in the request is invalid.',
    code && 'InvalidClientTokenId;Sender',
  );
}

function refusal(status: number, type: string, Message: string, code: string | undefined): Refusal {
  return {
    status,
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      ...(code !== undefined && { 'x-amzn-query-error': code }),
    },
    body: JSON.stringify({ __type: `com.amazon.coral.service#${type}`, Message }),
  };
}
