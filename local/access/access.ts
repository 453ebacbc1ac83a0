import { roleId } from '../referents.ts';
import type { Log } from '../settings.ts';
import { accessKeyOf, type Credentials } from './access-keys.ts';
import { callsOf, type Service } from './calls.ts';
import { type Call, denialOf } from './policy.ts';
import { accessDenied, type Refusal, unknownKey } from './refusal.ts';
import type { Role, Roles } from './roles.ts';

/** An AWS call of a function. */
export interface FunctionCall extends Call {
  /** The function's short name, such as `fan-out`. */
  readonly functionName: string;
  /** Whether the function's role allows the call. */
  readonly isAllowed: boolean;
}

interface Caller {
  readonly functionName: string;
  readonly role: Role;
}

/** The developer is an IAM user. */
export const DEVELOPER_ID = 'AIDADEVELOPER00000000';

interface AccessOptions {
  /** The developer's credentials, which allow everything. */
  readonly credentials: Credentials;
  /** Check the calls of the functions against their roles. */
  readonly enforceGrants: boolean;
  readonly log: Log;
}

/**
 * Checks access keys, and the calls of functions against their roles, and records these calls. The random access key is
 * the secret: signatures are not verified, because only the two ends of a loopback connection see the key.
 */
export class Access {
  readonly #options: AccessOptions;
  readonly #callers = new Map<string, Caller>();
  readonly #calls = new Map<string, FunctionCall>();

  constructor(options: AccessOptions) {
    this.#options = options;
  }

  /** The calls of the functions so far, with each action on each resource once; empty if grants are not enforced. */
  get calls(): FunctionCall[] {
    return [...this.#calls.values()];
  }

  /** Accept the access keys of functions from now on. */
  admit(roles: Roles): void {
    for (const [functionName, role] of roles)
      this.#callers.set(accessKeyOf(functionName, this.#options.credentials), { functionName, role });
  }

  /**
   * Return the id of a caller that was not refused, as IAM has them:
   * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
   */
  idOf(accessKey: string): string {
    const caller = this.#callers.get(accessKey);
    return caller === undefined ? DEVELOPER_ID : `${roleId(caller.role.name)}:${caller.functionName}`;
  }

  /** Return the error response to a request, or null if the request is allowed. */
  refusalOf(
    service: Service,
    accessKey: string,
    operation: string,
    parameters: () => Readonly<Record<string, unknown>>,
  ): Refusal | null {
    const { credentials, enforceGrants, log } = this.#options;
    if (accessKey === credentials.accessKeyId) return null;
    const caller = this.#callers.get(accessKey);
    if (caller === undefined) return unknownKey(service);
    if (!enforceGrants) return null;
    const { functionName, role } = caller;
    for (const call of callsOf(service, operation, parameters())) {
      const { action, resource } = call;
      const denial = denialOf(role.statements, call);
      const isAllowed = denial === null;
      this.#calls.set(`${functionName} ${action} ${resource}`, { functionName, ...call, isAllowed });
      if (isAllowed) continue;
      log(`Denied ${action} on ${resource} to ${functionName}: its role does not allow it`);
      return accessDenied(service, { role: role.name, session: functionName }, call, denial);
    }
    return null;
  }
}
