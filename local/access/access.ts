import type { Log } from '../settings.ts';
import { callsOf, type Service } from './calls.ts';
import { type Call, refused } from './policy.ts';
import { accessDenied, type Refusal, unknownKey } from './refusal.ts';
import type { Roles } from './roles.ts';

/** What a function has called. */
export interface FunctionCall extends Call {
  /** Its short name, such as `fan-out`. */
  readonly functionName: string;
  /** Whether its role let it. */
  readonly isAllowed: boolean;
}

const KEY_PREFIX = 'local-';

/** What tells a function's requests from those of others. */
export const accessKeyOf = (functionName: string): string => KEY_PREFIX + functionName;

/** Holds what functions call against their roles, and remembers it. */
export class Access {
  readonly #roles: Roles;
  readonly #log: Log;
  readonly #calls = new Map<string, FunctionCall>();

  constructor(roles: Roles, log: Log) {
    this.#roles = roles;
    this.#log = log;
  }

  /** What functions have called so far, each action on each resource once. */
  get calls(): FunctionCall[] {
    return [...this.#calls.values()];
  }

  /** Null where the request may go on. */
  refusalOf(service: Service, accessKey: string, operation: string, body: string): Refusal | null {
    const functionName = accessKey.slice(KEY_PREFIX.length);
    const role = accessKey.startsWith(KEY_PREFIX) ? this.#roles.get(functionName) : undefined;
    if (role === undefined) return unknownKey(service);
    for (const call of callsOf(service, operation, objectIn(body))) {
      const { action, resource } = call;
      const why = refused(role.statements, call);
      const isAllowed = why === null;
      this.#calls.set(`${functionName} ${action} ${resource}`, { functionName, ...call, isAllowed });
      if (isAllowed) continue;
      this.#log(`${functionName} was refused ${action} on ${resource}: its role does not allow it`);
      return accessDenied(service, { role: role.name, session: functionName }, call, why);
    }
    return null;
  }
}

/** A body that is none names no resource; what is wrong with it is for the engine to say. */
function objectIn(text: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(text) ?? {};
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}
