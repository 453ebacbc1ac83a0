import { TemplateSyntaxError } from '../errors.ts';
import { FRAPPE_NAMES, SITE_NAMES, SITE_UTILS } from '../frappe/site-names.ts';
import { DOCUMENT_METHODS } from '../members/document-methods.ts';
import type { Expression } from './ast.ts';

/** The names of the document. */
const DOCUMENTS: ReadonlySet<string> = new Set(['doc', 'data']);

/** An attribute that is read or a call, which a source is checked for when it is compiled. */
export type Access = Extract<Expression, { readonly type: 'attribute' | 'call' }>;

/**
 * Return why something cannot be evaluated here: it is a method of the document that there is not, or what only a Frappe site
 * has. Return undefined if nothing is known against it.
 *
 * @param shadowed names that the source itself binds, and that therefore may be anything
 */
function refusalOf(node: Access, shadowed: ReadonlySet<string>): string | undefined {
  const isFree = (target: Expression): target is Expression & { type: 'name' } =>
    target.type === 'name' && !shadowed.has(target.name);
  if (node.type === 'call') {
    const { target } = node;
    if (isFree(target)) return SITE_NAMES.has(target.name) ? needsSite(target.name) : undefined;
    const isMethod =
      target.type === 'attribute' && isFree(target.target) && DOCUMENTS.has(target.target.name);
    if (isMethod && !DOCUMENT_METHODS.has(target.name))
      return `${(target.target as { name: string }).name}.${target.name}() is not available: a document has the methods ${METHODS}`;
  }
  if (node.type !== 'attribute') return undefined;
  const { target, name } = node;
  if (isFree(target)) {
    if (target.name === 'frappe' && !FRAPPE_NAMES.has(name)) return needsSite(`frappe.${name}`);
    if (target.name === 'utils' && SITE_UTILS.has(name)) return needsSite(`utils.${name}`);
  }
  const isUtils =
    target.type === 'attribute' &&
    target.name === 'utils' &&
    isFree(target.target) &&
    target.target.name === 'frappe';
  return isUtils && SITE_UTILS.has(name) ? needsSite(`frappe.utils.${name}`) : undefined;
}

const METHODS = [...DOCUMENT_METHODS].sort().join(', ');

const needsSite = (name: string) => `${name} is not available: it needs a Frappe site`;

/** Return why a source may not be created, for the first access that is refused. */
export function refusalAmong(
  accesses: Iterable<readonly [Access, line: number]>,
  shadowed: ReadonlySet<string>,
): TemplateSyntaxError | undefined {
  for (const [node, line] of accesses) {
    const reason = refusalOf(node, shadowed);
    if (reason !== undefined) return new TemplateSyntaxError(reason, line);
  }
  return undefined;
}
