import { describe, expect, it } from 'vitest';
import { answerOf, type GoldenRow, golden } from '../../../../support/frappe-golden.ts';

const { rows } = golden;

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

function agrees(row: GoldenRow): boolean {
  const answer = answerOf(row);
  return row.fails === undefined ? answer.ok === row.ok : answer.fails !== undefined;
}
