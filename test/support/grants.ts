import { POLLER_ACTIONS } from '../../local/access/event-source-grants.ts';
import type { Call, Statement } from '../../local/access/policy.ts';
import { readRoles } from '../../local/access/roles.ts';
import { readFunctions } from '../../local/functions/function-definition.ts';
import { readEventSources } from '../../local/queues/event-source.ts';
import { referentsOf } from '../../local/referents.ts';
import { readTemplate } from '../../local/template.ts';
import { assemblyWith } from './assembly.ts';

export interface FunctionGrants {
  readonly name: string;
  readonly statements: readonly Statement[];
  /** The calls that its role allows, without logs and traces, which Lambda writes. */
  readonly granted: readonly Call[];
  /** The calls that Lambda makes with its role to poll its queues. */
  readonly lambdas: readonly Call[];
}

const WRITTEN_BY_LAMBDA = /^(logs|xray):/;

/** Return the grants of each function of a synthesised stack. */
export function grantsOf(cdkOut: string): FunctionGrants[] {
  const template = readTemplate(cdkOut);
  const nowhere = { http: 'http://nowhere', sqs: 'http://nowhere' };
  const referents = referentsOf(template, { endpoints: nowhere, stackUuid: 'none' });
  const sources = readEventSources(template, referents, readFunctions(template, referents), nowhere.sqs);
  return [...readRoles(template, referents)].map(([name, { statements }]) => ({
    name,
    statements,
    granted: statements.flatMap(callsIn).filter(({ action }) => !WRITTEN_BY_LAMBDA.test(action)),
    lambdas: sources
      .filter(({ functionName }) => functionName === name)
      .flatMap(({ queueArn: resource }) => POLLER_ACTIONS.map((action) => ({ action, resource }))),
  }));
}

/** Return each action on each resource. */
const callsIn = ({ actions, resources }: Statement): Call[] =>
  actions.flatMap((action) => resources.map((resource) => ({ action, resource })));

/** Return the statements without one action on one resource. */
export function without(statements: readonly Statement[], removed: Call): Statement[] {
  return statements
    .flatMap(({ effect, ...rest }) => callsIn({ effect, ...rest }).map((call) => ({ effect, call })))
    .filter(({ call }) => toText(call) !== toText(removed))
    .map(({ effect, call }) => ({ effect, actions: [call.action], resources: [call.resource] }));
}

/** Return a call as text, such as `sqs:SendMessage ancrage-local-events-queue`; of large bodies, with their kind. */
export const toText = ({ action, resource }: Call): string =>
  `${action} ${resource
    .split(':')
    .slice(5)
    .join(':')
    .replace(/\/(events|messages)\/.*/, '/$1/*')}`;

/** Return calls as sorted, distinct texts. */
export const toTexts = (calls: readonly Call[]): string[] => [...new Set(calls.map(toText))].toSorted();

/** Copy a synthesised stack whose fan-out has time for one step of an event only: it leaves the rest to continuations. */
export const assemblyWithContinuations = (cdkOut: string): string =>
  assemblyWith(cdkOut, (text) => {
    const template = JSON.parse(text);
    const functions = Object.values(template.Resources as Record<string, { Properties?: Settings }>);
    const fanOut = functions.find(({ Properties }) => Properties?.Description === FAN_OUT)?.Properties;
    if (fanOut === undefined) throw new Error(`No function "${FAN_OUT}".`);
    fanOut.Timeout = 10;
    return JSON.stringify(template);
  });

interface Settings {
  readonly Description?: string;
  Timeout?: number;
}

const FAN_OUT = 'Fans events out into deliveries';

/** Copy a synthesised stack without the grants of one action. */
export const assemblyWithout = (cdkOut: string, action: string): string =>
  assemblyWith(cdkOut, (template) => template.replaceAll(`"${action}"`, '"none:None"'));
