import type { Clock } from '../kernel/clock.ts';
import { ValidationError } from '../kernel/errors.ts';
import { retryConflicts } from '../kernel/retry-conflicts.ts';
import { newSecret, rotateSecrets } from '../model/signing-secret.ts';
import { revise } from '../model/subscription.ts';
import type { SubscriptionStore } from '../ports/subscription-store.ts';
import { signatures } from '../request/signatures.ts';
import { getSubscription } from './get-subscription.ts';

export interface RotateSecretPorts {
  readonly subscriptions: Pick<SubscriptionStore, 'get' | 'update'>;
  readonly clock: Clock;
}

/** Replace the signing secret; during the overlap the old one signs as well. Return the new one. @throws ValidationError */
export async function rotateSecret(
  ports: RotateSecretPorts,
  project: string,
  id: string,
  overlapSeconds: number,
  secret = newSecret(),
): Promise<string> {
  await retryConflicts(async () => {
    const previous = await getSubscription(ports, project, id);
    // The signature may have changed since the secret was checked.
    const message = signatures[previous.signature].secretFault(secret);
    if (message !== null) throw ValidationError.of([{ path: 'secret', message }]);
    const now = ports.clock();
    const secrets = rotateSecrets(previous.secrets, secret, overlapSeconds * 1000, now);
    await ports.subscriptions.update(previous, revise(previous, { secrets }, now));
  });
  return secret;
}
