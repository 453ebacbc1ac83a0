import { describe, expect, it } from 'vitest';
import { compileCondition } from '../../../../../core/customer-code/conditions.ts';
import { pythonJson } from '../../../../../core/engines/template/formats/python-json.ts';
import { compileTemplate } from '../../../../../core/engines/template/template.ts';
import { parseJson } from '../../../../../core/kernel/json-text.ts';
import { holds, render } from './rendering.ts';

const DOC = '{"name":"TASK-0001","doctype":"Task","status":"Open","total":50000}';

/** Return the body that Frappe's `json.dumps(json.loads(rendered))` sends. */
const body = (template: string, data: string) => pythonJson(parseJson(render(template, data)).text);

describe('the template engine, in the cases of the Dokos dialect', () => {
  it('F1: evaluates a condition and rejects a forbidden one when it is compiled', () => {
    expect(holds('doc.total > 40000', DOC)).toBe(true);
    expect(holds('doc.total > 60000', DOC)).toBe(false);
    expect(() => compileCondition('doc.__class__')).toThrow('starts with "_"');
    expect(() => compileCondition('(x:=1)')).toThrow();
  });

  it('F2: renders the bytes that Frappe signs', () => {
    expect(body('{ "id": "{{ doc.name }}" }', DOC)).toBe('{"id": "TASK-0001"}');
  });

  it('F4: keeps floats, null and the order of rows', () => {
    const rows = parseJson('{"name":"TASK-0001","status":"Open","total":50000.0,"note":null}').text;
    expect(pythonJson(rows)).toBe('{"name": "TASK-0001", "status": "Open", "total": 50000.0, "note": null}');
  });

  it('F5: renders a list with a loop', () => {
    const template =
      '[{% for i in range(3) %}{"title": "{{ doc.t }}"}{% if not loop.last %},{% endif %}{% endfor %}]';
    expect(body(template, '{"t":"abc"}')).toBe('[{"title": "abc"}, {"title": "abc"}, {"title": "abc"}]');
  });

  it('F6: escapes nothing without tojson', () => {
    const data = JSON.stringify({ title: 'He said "hi" <b>' });
    expect(render('{{ doc.title }}', data)).toBe('He said "hi" <b>');
    expect(() => body('{"t": "{{ doc.title }}"}', data)).toThrow('This is not JSON');
    expect(render('{{ doc.title | tojson }}', data)).toBe('"He said \\"hi\\" \\u003cb\\u003e"');
    expect(body('{"t": {{ doc.title | tojson }}}', data)).toBe('{"t": "He said \\"hi\\" <b>"}');
  });

  it('F11: renders a URL', () => {
    expect(render('https://h/anything/{{ doc.doctype }}', DOC)).toBe('https://h/anything/Task');
  });

  it('F12: escapes non-ASCII characters', () => {
    expect(body('{"city": "{{ doc.city }}"}', '{"city":"Orléans"}')).toBe('{"city": "Orl\\u00e9ans"}');
  });

  it('rejects templates with ".__" and names the line', () => {
    expect(() => compileTemplate('a\n{{ doc.__class__ }}')).toThrow(
      expect.objectContaining({ name: 'IllegalTemplateError', message: 'Illegal template', line: 2 }),
    );
  });

  it('renders a template repeatedly, each time from scratch', () => {
    const template =
      '{% set ns = namespace(n=0) %}{% set c = cycler("a", "b") %}{% set ns.n = ns.n + 1 %}{{ ns.n }}{{ c.next() }}';
    expect([render(template), render(template)]).toEqual(['1a', '1a']);
  });
});
