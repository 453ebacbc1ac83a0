import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compileCondition } from '../../../../../core/customer-code/conditions.ts';
import { EventScope } from '../../../../../core/customer-code/event-scope.ts';
import { TemplateError } from '../../../../../core/engines/template/errors.ts';
import { reserialised } from '../../../../../core/engines/template/python-json.ts';
import { compileTemplate } from '../../../../../core/engines/template/template.ts';
import { scopeOf } from './rendering.ts';

interface Row {
  readonly kind: 'json' | 'text' | 'cond';
  readonly doc: number;
  readonly src: string;
  readonly ok?: string | boolean;
  readonly fails?: string;
}

/**
 * Templates and conditions as users of Frappe write them, with the answers of Jinja 3.1 and Frappe's own functions: a third of
 * those that were collected for issue 21.
 */
const GOLDEN = new URL('../../../../support/frappe-golden.json', import.meta.url);
const { docs, rows }: { docs: string[]; rows: Row[] } = JSON.parse(readFileSync(GOLDEN, 'utf8'));

/** The site that gave the answers, and when. */
const SITE = 'https://erp.example.com';
const NOW = Date.UTC(2026, 10, 28, 15, 15, 42) + 911.602;

/** What differs on purpose. `docs/dialects.md` has the same list. */
const DIFFERENCES: Readonly<Record<string, readonly string[]>> = {
  'a field of the name of a method is the field: `doc.items` is the table': [
    'doc.items[0].item_code == "CHAISE-01"',
    'doc.items[0]["item_code"] == "CHAISE-01"',
    '[i for i in doc.items if i.qty > 5]',
    'any(i.qty > 5 for i in doc.items)',
    'doc.items[0:2]',
    '{"items": [{% for item in doc.items %}{"code": "{{ item.item_code }}", "qty": {{ item.qty }}}{% if not loop.last %},{% endif %}{% endfor %}]}',
    '{"a": {{ doc.items | pprint | length }} }',
    '{"a": {% for i in doc.items %}{{ loop.index }}{{ loop.cycle("a","b") }}{{ loop.revindex0 }}{% endfor %} }',
    '{"a": "{% for i in doc.items if i.warehouse %}{{ i.idx }}{% else %}none{% endfor %}"}',
    '{{ doc.items|length > 2 }}',
  ],
  'conditions have more functions and Jinja’s tests': [
    'sum([1,2]) == 3',
    'max(1,2) == 2',
    'str(doc.grand_total) == "1440.0"',
    'doc.status is string',
  ],
  'all links begin with the address that the project has; Frappe’s own begin with that of its server': [
    '{"url": "{{ utils.get_url_to_form(doc.doctype, doc.name) }}"}',
  ],
  'a condition may begin with spaces': ['   doc.status == "Unpaid"'],
};

describe('templates and conditions of Frappe', () => {
  const isTable = (src: string) => src.includes('doc.items is iterable');
  const differing = rows.filter((row) => !agrees(row)).map(({ src }) => src);
  const expected = new Set([
    ...Object.values(DIFFERENCES).flat(),
    ...rows.map(({ src }) => src).filter(isTable),
  ]);

  it('differ from Frappe in the rows that are listed, and in no other', () => {
    expect([...new Set(differing)].sort()).toEqual([...expected].sort());
  });

  it('differ in at most 3 % of the rows', () => {
    expect(rows).toHaveLength(918);
    expect(differing.length).toBeLessThanOrEqual(rows.length * 0.03);
  });
});

function agrees({ kind, doc, src, ok, fails }: Row): boolean {
  const scope = new EventScope(scopeOf(docs[doc] as string).event, NOW);
  try {
    const answer = kind === 'cond' ? holds(src, scope) : rendered(kind, src, scope);
    return fails === undefined && answer === ok;
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    return fails !== undefined;
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
