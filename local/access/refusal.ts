import { ACCOUNT_ID } from '../settings.ts';
import type { Service } from './calls.ts';
import type { Call, Refused } from './policy.ts';

export interface Refusal {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What SDKs go by: SQS tells its code of old in a header beside the JSON. */
const ANSWERS = {
  dynamodb: { status: 400, code: undefined },
  sqs: { status: 403, code: 'AccessDenied;Sender' },
} as const;

/** As AWS answers what a role does not allow. */
export function accessDenied(
  service: Service,
  user: { readonly role: string; readonly session: string },
  { action, resource }: Call,
  why: Exclude<Refused, null>,
): Refusal {
  // SQS is in the habit of telling its actions so.
  const told = service === 'sqs' ? action.toLowerCase() : action;
  const reason =
    why === 'denied'
      ? 'with an explicit deny in an identity-based policy'
      : `because no identity-based policy allows the ${told} action`;
  const arn = `arn:aws:sts::${ACCOUNT_ID}:assumed-role/${user.role}/${user.session}`;
  const message = `User: ${arn} is not authorized to perform: ${told} on resource: ${resource} ${reason}`;
  const { status, code } = ANSWERS[service];
  return refusal(status, 'AccessDeniedException', message, code);
}

/** As AWS answers an access key that it does not know. */
export function unknownKey(service: Service): Refusal {
  const { status, code } = ANSWERS[service];
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
