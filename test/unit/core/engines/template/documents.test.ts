import { describe, expect, it } from 'vitest';
import { checkCondition, compileCondition } from '../../../../../core/customer-code/conditions.ts';
import { checkTemplate } from '../../../../../core/customer-code/templates.ts';
import { compileTemplate } from '../../../../../core/engines/template/template.ts';
import { changesOf, scopeOf } from './rendering.ts';

const DATA = '{"name":"TASK-1","status":"Open","docstatus":1,"rows":[{"qty":1},{"qty":2}]}';
const changed = changesOf({ status: { from: 'Draft', to: 'Open' }, note: { from: 'x', to: null } });

const holds = (source: string, more = {}) => compileCondition(source).holds(scopeOf(DATA, more));
const render = (source: string, more = {}) => compileTemplate(source).render(scopeOf(DATA, more));

describe('the methods of a document', () => {
  it.each([
    'doc.has_value_changed("status") and not doc.has_value_changed("name")',
    'doc.get_doc_before_save().status == "Draft" and doc.get_doc_before_save().name == "TASK-1"',
    'doc.get_doc_before_save().note == "x" and doc.get_doc_before_save().get("nope") is None',
    'doc.docstatus.is_submitted() and not doc.docstatus.is_draft() and not doc.docstatus.is_cancelled()',
    'not doc.is_new() and doc.as_dict().status == "Open" and data.has_value_changed("status")',
  ])('know what has changed: %s', (source) => expect(holds(source, changed)).toBe(true));

  it('say that everything has changed, and nothing about before, without `previous` or `changes`', () => {
    expect(holds('doc.has_value_changed("name") and doc.get_doc_before_save() is None')).toBe(true);
    expect(holds('doc.has_value_changed("name")', changesOf({}))).toBe(false);
  });

  it('say that a document is new in its event `after_insert`', () => {
    const inserted = { type: 'Task.after_insert' };
    expect(holds('doc.is_new() and doc.get_doc_before_save() is None', inserted)).toBe(true);
  });

  it('are there in templates too', () => {
    expect(render('{{ doc.has_value_changed("status") }} {{ doc.is_new() }}', changed)).toBe('True False');
  });
});

describe('a new condition or template', () => {
  it.each([
    ['doc.get_formatted("total")', 'doc.get_formatted() is not available: a document has the methods'],
    ['data.reload() and True', 'data.reload() is not available'],
    ['utils.generate_hash()', 'utils.generate_hash is not available: it needs a Frappe site'],
  ])('is refused by name: %s', (source, message) => {
    expect(() => checkCondition(source)).toThrow(message);
    expect(() => checkTemplate(`a\n{{ ${source} }}`)).toThrow(expect.objectContaining({ line: 2 }));
  });

  it.each([
    ['frappe.db.get_value("Task", doc.name, "x")', 'frappe.db is not available: it needs a Frappe site'],
    ['frappe.get_doc("Task", doc.name).x', 'frappe.get_doc is not available'],
    ['frappe.utils.md_to_html(doc.x)', 'frappe.utils.md_to_html is not available'],
    ['get_toc()', 'get_toc is not available'],
  ])('is refused as a template: %s', (source, message) => {
    expect(() => checkTemplate(`{{ ${source} }}`)).toThrow(message);
  });

  it('may use such names for its own values', () => {
    checkTemplate('{% for doc in doc.rows %}{{ doc.anything() }}{% endfor %}');
    checkTemplate('{% set log = 1 %}{{ log }}{% macro inspect(x) %}{% endmacro %}{{ inspect(1) }}');
    checkCondition('[data.upper() for data in doc.rows] and (lambda doc: doc.nope())');
  });

  it('that is stored keeps working where it did', () => {
    expect(render('{% if doc.nope %}{{ frappe.db.get_value("x") }}{% endif %}ok')).toBe('ok');
  });
});

describe('a template that changes the document', () => {
  it('changes its own copy', () => {
    const scope = scopeOf(DATA);
    const source =
      '{% do doc.rows.append({"qty": 3}) %}{% do doc.update({"status": "X"}) %}{{ doc.pop("name") }}';
    const template = compileTemplate(`${source} {{ data.status }} {{ doc.rows | length }} {{ doc.name }}`);
    expect([template.render(scope), template.render(scope)]).toEqual(['TASK-1 X 3 None', 'TASK-1 X 3 None']);
    expect(compileTemplate('{{ doc.status }} {{ doc.rows | length }}').render(scope)).toBe('Open 2');
  });
});
