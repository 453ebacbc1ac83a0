import { readFileSync } from 'node:fs';
import { compileCondition } from '../../core/customer-code/conditions.ts';
import { EventScope } from '../../core/customer-code/event-scope.ts';
import { TemplateError } from '../../core/engines/template/errors.ts';
import { reserialised } from '../../core/engines/template/formats/python-json.ts';
import { compileTemplate } from '../../core/engines/template/template.ts';
import { scopeOf } from '../unit/core/engines/template/rendering.ts';

/** What a template renders or whether a condition holds; or why it fails. */
export interface Answer {
  readonly ok?: string | boolean;
  readonly fails?: string;
}

export interface GoldenRow extends Answer {
  readonly kind: 'json' | 'text' | 'cond';
  /** The index of the document. */
  readonly doc: number;
  readonly src: string;
}

/**
 * Templates and conditions as users of Frappe write them, with the answers of Jinja 3.1 and Frappe's own functions: a third of
 * those that were collected for issue 21.
 */
export const golden: { readonly docs: readonly string[]; readonly rows: readonly GoldenRow[] } = JSON.parse(
  readFileSync(new URL('./frappe-golden.json', import.meta.url), 'utf8'),
);

/** The site that gave the answers, and when. */
const SITE = 'https://erp.example.com';
const NOW = Date.UTC(2026, 10, 28, 15, 15, 42) + 911.602;

/** Answer a row with Ancrage's engine. */
export function answerOf({ kind, doc, src }: GoldenRow): Answer {
  const scope = new EventScope(scopeOf(golden.docs[doc] as string).event, NOW);
  try {
    return { ok: kind === 'cond' ? holds(src, scope) : rendered(kind, src, scope) };
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    return { fails: error.message };
  }
}

function holds(src: string, scope: EventScope): boolean {
  const condition = compileCondition(src);
  if (condition.refusal !== undefined) throw condition.refusal;
  return condition.holds(scope);
}

function rendered(kind: 'json' | 'text', src: string, scope: EventScope): string {
  const template = compileTemplate(src);
  if (template.refusal !== undefined) throw template.refusal;
  const { now, values } = scope;
  const text = template.render({ now, values, siteUrl: SITE });
  return kind === 'json' ? reserialised(text) : text;
}
