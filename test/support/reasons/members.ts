import ts from 'typescript';

/** The members of objects in which reasons reach a caller. */
const REASON_MEMBERS = new Set([
  'Fault.message',
  'SendResult.detail',
  'SendResult.notFollowed',
  'TransportFailure.detail',
  'RenderFailure.detail',
  'HookResponse.truncated',
  'Attempt.truncated',
  'Attempt.detail',
  'Verdict.detail',
  'Preview.detail',
  'FitWarning.detail',
  'Misfit.detail',
  'RequestError.title',
  'Failure.title',
  'Failure.detail',
  'RedirectTarget.refused',
  'TransportFailureError.detail',
  'Decoded.problem',
  'Undefined.reason',
  'Obstacle.obstacle',
]);

/** Return whether a member of an object of this type is a reason. */
export function isReasonMember(type: ts.Type, name: string): boolean {
  const types = type.isUnionOrIntersection() ? type.types : [type];
  return types.some((each) =>
    each.getProperty(name)?.declarations?.some((declaration) => {
      const owner = ts.findAncestor(
        declaration,
        (above) =>
          ts.isInterfaceDeclaration(above) ||
          ts.isTypeAliasDeclaration(above) ||
          ts.isClassDeclaration(above),
      ) as ts.InterfaceDeclaration | undefined;
      return REASON_MEMBERS.has(`${owner?.name.text}.${name}`);
    }),
  );
}

/** Return whether a declared member has a reason that is found where it is put there. */
export function isMadeElsewhere(declaration: ts.Declaration, name: string): boolean {
  const owner = declaration.parent;
  if (!ts.isInterfaceDeclaration(owner) && !ts.isClassDeclaration(owner) && !ts.isTypeLiteralNode(owner))
    return false;
  if (name === 'message' && 'name' in owner && owner.name?.text === 'Error') return true;
  const alias = ts.findAncestor(
    owner,
    (above) => ts.isTypeAliasDeclaration(above) || ts.isInterfaceDeclaration(above),
  );
  const ownerName = ts.isClassDeclaration(owner)
    ? owner.name?.text
    : (alias as ts.InterfaceDeclaration | undefined)?.name.text;
  return REASON_MEMBERS.has(`${ownerName}.${name}`);
}
