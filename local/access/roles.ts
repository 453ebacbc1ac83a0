import { LocalStackError } from '../errors.ts';
import { functionResources } from '../functions/function-definition.ts';
import { type Referents, resolve } from '../resolve.ts';
import { localName, physicalName } from '../resource-names.ts';
import { resourcesOf, type Template } from '../template.ts';
import { readPolicy, type Statement } from './policy.ts';

/** The role of a function. */
export interface Role {
  readonly name: string;
  readonly statements: readonly Statement[];
}

/** Roles keyed by the functions' short names. */
export type Roles = ReadonlyMap<string, Role>;

/** Managed policies of AWS that may be ignored although the template lacks their statements: logs and traces only. */
const KNOWN_MANAGED =
  /:iam::aws:policy\/(service-role\/AWSLambdaBasicExecutionRole|AWSXRayDaemonWriteAccess)$/;

/**
 * Read the roles of the template's functions.
 *
 * @throws LocalStackError if a role has a policy that is not supported here
 */
export function readRoles(template: Template, referents: Referents): Roles {
  return new Map(
    functionResources(template).map(([logicalId, { Properties = {} }]) => {
      const fn = localName(template, logicalId);
      const arn = resolve(Properties.Role, referents);
      const [role] = resourcesOf(template, 'AWS::IAM::Role').filter(
        ([id]) => referents.attribute(id, 'Arn') === arn,
      );
      if (role === undefined)
        throw new LocalStackError(`The role of the function ${fn} is not in the template`);
      const name = physicalName(template, role[0]);
      const own = resolve(role[1].Properties ?? {}, referents) as RoleProperties;
      const owner = `the role of ${fn}`;
      refuseUnknown(own, owner);
      const documents = [
        ...(own.Policies ?? []).map(({ PolicyDocument }) => PolicyDocument),
        ...documentsAttachedTo(name, template, referents),
      ];
      return [
        fn,
        { name, statements: documents.flatMap((document) => readPolicy(document, owner)) },
      ] as const;
    }),
  );
}

function documentsAttachedTo(role: string, template: Template, referents: Referents): unknown[] {
  const policies = [
    ...resourcesOf(template, 'AWS::IAM::Policy'),
    ...resourcesOf(template, 'AWS::IAM::ManagedPolicy'),
  ];
  return policies
    .filter(([, { Properties }]) => {
      const roles = resolve(Properties?.Roles ?? [], referents) as readonly string[];
      return roles.includes(role);
    })
    .map(([, { Properties }]) => resolve(Properties?.PolicyDocument, referents));
}

interface RoleProperties {
  readonly Policies?: readonly { readonly PolicyDocument: unknown }[];
  readonly ManagedPolicyArns?: readonly string[];
  readonly PermissionsBoundary?: string;
}

function refuseUnknown({ ManagedPolicyArns = [], PermissionsBoundary }: RoleProperties, owner: string): void {
  const unknown = PermissionsBoundary ?? ManagedPolicyArns.find((arn) => !KNOWN_MANAGED.test(arn));
  if (unknown !== undefined)
    throw new LocalStackError(
      `The local stack does not know the statements of the policy ${unknown} of ${owner}`,
    );
}
