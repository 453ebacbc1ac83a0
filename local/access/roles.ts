import { LocalStackError } from '../errors.ts';
import { functionResources } from '../functions/function-definition.ts';
import { type Referents, resolve } from '../resolve.ts';
import { localName, physicalName } from '../resource-names.ts';
import { resourcesOf, type Template } from '../template.ts';
import { readPolicy, type Statement } from './policy.ts';

/** What a function may do. */
interface Role {
  readonly name: string;
  readonly statements: readonly Statement[];
}

/** By the functions' short names. */
export type Roles = ReadonlyMap<string, Role>;

/** AWS's own policies whose statements the template does not have. These are about logs and traces alone. */
const KNOWN_MANAGED =
  /:iam::aws:policy\/(service-role\/AWSLambdaBasicExecutionRole|AWSXRayDaemonWriteAccess)$/;

/**
 * The roles of the template's functions.
 *
 * @throws LocalStackError where a role has something that calls cannot be held against
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
        throw new LocalStackError(`The function ${fn} has a role that is none of the template's`);
      const name = physicalName(template, role[0]);
      const own = resolve(role[1].Properties ?? {}, referents) as RoleProperties;
      const whose = `the role of ${fn}`;
      refuseUnknown(own, whose);
      const documents = [
        ...(own.Policies ?? []).map(({ PolicyDocument }) => PolicyDocument),
        ...documentsAttachedTo(name, template, referents),
      ];
      return [
        fn,
        { name, statements: documents.flatMap((document) => readPolicy(document, whose)) },
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

function refuseUnknown({ ManagedPolicyArns = [], PermissionsBoundary }: RoleProperties, whose: string): void {
  const unknown = PermissionsBoundary ?? ManagedPolicyArns.find((arn) => !KNOWN_MANAGED.test(arn));
  if (unknown !== undefined)
    throw new LocalStackError(
      `T${whose.slice(1)} has the policy ${unknown}, whose statements the local stack does not know`,
    );
}
