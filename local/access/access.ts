import type { Log } from '../settings.ts';
import { callsOf, type Service } from './calls.ts';
import { type Call, denialOf } from './policy.ts';
import { accessDenied, type Refusal, unknownKey } from './refusal.ts';
import type { Roles } from './roles.ts';

/** An AWS call of a function. */
export interface FunctionCall extends Call {
  /** The function's short name, such as `fan-out`. */
  readonly functionName: string;
  /** Whether the function's role allows the call. */
  readonly isAllowed: boolean;
}

const KEY_PREFIX = 'local-';

/** Return the access key that identifies a function's requests. */
export const accessKeyOf = (functionName: string): string => KEY_PREFIX + functionName;

/** Checks the calls of functions against their roles and records them. */
export class Access {
  readonly #roles: Roles;
  readonly #log: Log;
  readonly #calls = new Map<string, FunctionCall>();

  constructor(roles: Roles, log: Log) {
    this.#roles = roles;
    this.#log = log;
  }

  /** The calls of the functions so far, with each action on each resource once. */
  get calls(): FunctionCall[] {
    return [...this.#calls.values()];
  }

  /** Return the error response to a request, or null if the request is allowed. */
  refusalOf(service: Service, accessKey: string, operation: string, body: string): Refusal | null {
    const functionName = accessKey.slice(KEY_PREFIX.length);
    const role = accessKey.startsWith(KEY_PREFIX) ? this.#roles.get(functionName) : undefined;
    if (role === undefined) return unknownKey(service);
    for (const call of callsOf(service, operation, objectIn(body))) {
      const { action, resource } = call;
      const denial = denialOf(role.statements, call);
      const isAllowed = denial === null;
      this.#calls.set(`${functionName} ${action} ${resource}`, { functionName, ...call, isAllowed });
      if (isAllowed) continue;
      this.#log(`Denied ${action} on ${resource} to ${functionName}: its role does not allow it`);
      return accessDenied(service, { role: role.name, session: functionName }, call, denial);
    }
    return null;
  }
}

/** Parse a request body. Invalid JSON names no resource, and the engine rejects it. */
function objectIn(text: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(text) ?? {};
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}
