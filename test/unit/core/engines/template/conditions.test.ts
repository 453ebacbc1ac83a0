import { describe, expect, it } from 'vitest';
import { compileCondition } from '../../../../../core/customer-code/conditions.ts';
import { changesOf, holds, scopeOf } from './rendering.ts';

const DATA = `{"name":"TASK-0001","status":"Open","total":50000,"price":1.10,"note":null,"tags":["a","b"],
  "customer":{"country":"FR"},"due":"2026-11-20","_assign":"x","many":${JSON.stringify(Array(300).fill(0))}}`;

describe('a condition', () => {
  it.each([
    'data.total > 1000 and data.status == "Open"',
    'doc.total > 40000',
    "doc.status in ['Open', 'Closed'] and doc.status not in ('Draft',) and doc.status in {'Open'}",
    'doc.note is None and doc.total is not None and not doc.missing',
    'doc.missing is None',
    'doc["status"] == "Open" and doc.get("x", 5) == 5',
    'doc.name.startswith("TASK") and doc.status.lower() == "open" and "SK" in doc.name',
    'doc.customer.country == "FR" and doc.customer.city == None',
    '1 < doc.price < 2',
    'int("42") == 42 and float("1.5") == 1.5 and round(2.675, 2) == 2.67 and round(2.5) == 2 and long("7") == 7',
    'doc.due < utils.nowdate() and utils.date_diff(utils.nowdate(), doc.due) == 1',
    '(utils.getdate() - utils.getdate(doc.due)).days == 1',
    'event.type == "Task.on_update" and event.id == "evt_1"',
    // Python's precedence: powers are right-associative and bind tighter than a sign.
    '-2 ** 2 == -4 and 2 ** 3 ** 2 == 512 and 2 ** -1 == 0.5',
    '(1 if doc.total else 0) == 1 and [1, 2][-1] == 2 and "abc"[::-1] == "cba" and {"a": 1}["a"] == 1',
    'doc.tags | length == 2 and (doc.status | upper) == "OPEN" and doc.status is defined',
    'any([0, 1]) and all([1, 1]) and len(doc.tags) == 2 and max(1, 3, 2) == 3 and min([2, 1]) == 1 and sum([1, 2]) == 3',
    'str(None) == "None" and bool([]) == False and abs(-5) == 5',
    'doc.total\n  > 1000',
    '12345678901234567890 + 1 == 12345678901234567891',
    '"%s" % doc.total == "50000"',
    // Bits, which bind tighter than comparisons and looser than sums.
    '(doc.status == "Draft") | (doc.total > 1) and not (doc.status == "Open") & False',
    '6 & 3 == 2 and 6 ^ 3 == 5 and 6 | 1 == 7 and ~6 == -7 and 1 << 4 >> 1 == 8 and 1 + 1 << 2 == 8',
    '{1, 2} | {3} == {3, 2, 1} and {1, 2} & {2} == {2} and {1, 2} - {2} == {1} and {1} ^ {2} == {1, 2}',
    'doc.total > 1  # a comment\n  and doc.status == "Open" \\\n  and True',
    'doc.name == u"TASK-0001" and r"\\d" == "\\\\d" and \'\'\'it"s\'\'\' == "it\\"s" and b"a" == "a".encode()',
    'f"{doc.name}/{doc.total:,.1f}/{doc.note!r:>6}{{}}" == "TASK-0001/50,000.0/  None{}"',
    'f"{doc.total:{4 + 4}d}" "|" f"{\'x\' if doc.note else \'y\'}" == "   50000|y"',
    '[tag for tag in doc.tags if tag != "a"] == ["b"] and [x + y for x in "ab" for y in "cd"] == ["ac", "ad", "bc", "bd"]',
    'any(tag == "b" for tag in doc.tags) and {k: v for k, v in {"a": 1}.items()} == {"a": 1} and {t for t in "aa"} == {"a"}',
    'max(doc.tags, key=lambda tag: -len(tag)) == "a" and (lambda a, b=2: a * b)(3) == 6',
    'sum(a * b for (a, b) in [(1, 2), (3, 4)]) == 14',
    '.5 + 5. == 5.5 and 1_000 == 1e3 and (1 < 2) is True',
    // Python reads full-width letters as their plain ones.
    '\uff44oc.name == "TASK-0001"',
  ])('holds: %s', (source) => expect(holds(source, DATA)).toBe(true));

  it.each([
    'doc.total > 60000',
    'doc.missing',
    '""',
    '[]',
    '0.0',
    'None',
    'doc.status == "open"',
    'not doc.name',
  ])('does not hold: %s', (source) => expect(holds(source, DATA)).toBe(false));

  it('sees the company id with its published type, an integer or a string', () => {
    const company = (companyId: number | string) =>
      compileCondition('event.companyId == 7').holds(scopeOf(DATA, { companyId }));
    expect([company(7), company('7'), company(8)]).toEqual([true, false, false]);
    const shown = compileCondition('"%s" % event.companyId == "7"');
    expect(shown.holds(scopeOf(DATA, { companyId: 7 }))).toBe(true);
  });

  it('sees the changes of an event', () => {
    const changed = scopeOf(DATA, changesOf({ status: { from: 'Draft', to: 'Open' } }));
    const condition = compileCondition('changes.status and changes.status.to == "Open"');
    expect(condition.holds(changed)).toBe(true);
    expect(condition.holds(scopeOf(DATA))).toBe(false);
  });

  it.each([
    ['doc.__class__', '"__class__" is an invalid attribute name'],
    ['doc._assign', '"_assign" is an invalid attribute name'],
    ['doc["__class__"]', '"__class__" is an invalid attribute name'],
    ['__import__("os")', '"__import__" is an invalid name'],
    ['(x:=1)', "':=' is not allowed"],
    ['doc := 1', "':=' is not allowed"],
    ['lambda _x: 1', '"_x" is an invalid name'],
    ['[_x for _x in doc.tags]', '"_x" is an invalid name'],
    ['[x for y in doc.tags]', "name 'x' is not defined"],
    ['f"{foo}"', "name 'foo' is not defined"],
    ['f"{doc.__class__}"', '"__class__" is an invalid attribute name'],
    ['f"{doc.total"', "f-string: expecting '}'"],
    ['f"{}"', 'f-string: empty expression not allowed'],
    ['return doc.total', "unexpected 'return'"],
    ['frappe.session.user == "x"', "name 'frappe' is not defined"],
    ['doc.total > (', 'unexpected end'],
    ['doc.total (', 'unexpected end'],
    ['doc.status = "Open"', "unexpected '='"],
    ['doc.total 5 (1)', "unexpected '5'"],
    ['(doc.total', "expected ')', got the end"],
    ['foo > 3', "name 'foo' is not defined"],
    ['doc.total >', 'unexpected'],
    ['doc.total = 3', "unexpected '='"],
    ['doc.total 3', "unexpected '3'"],
    ['import os', "unexpected 'import'"],
    ['1 if doc.total', "expected 'else'"],
    ['doc.total ~ 1', "unexpected '~'"],
    ['doc.tags | (1', "expected ')', got the end"],
    // As a set in a set, this would always be true.
    ['{{ doc.total > 10 }}', 'a set or a mapping cannot be in a set'],
    ['', 'unexpected'],
  ])('does not compile from %s', (source, message) => {
    expect(() => compileCondition(source)).toThrow(
      expect.objectContaining({ name: 'TemplateSyntaxError', message: expect.stringContaining(message) }),
    );
  });

  it.each([
    ['doc.missing > 3', "'>' not supported between instances of 'NoneType' and 'int'"],
    ['doc.missing.country == "FR"', "'None' has no attribute 'country'"],
    ['doc.total.x', "'int object' has no attribute 'x'"],
    ['int("x")', 'int() cannot convert this text'],
    ['utils.no_such()', 'has no attribute'],
    ['1 / 0', 'division by zero'],
    ['doc.status + 1', 'unsupported operand'],
    ['[x for x in doc.tags] and x', "name 'x' is not defined"],
    ['1 << 10 ** 6', 'more than 300 digits'],
    ['1 | "a"', "unsupported operand type(s) for |: 'int' and 'str'"],
    ['(lambda a: a)()', "needs the argument 'a'"],
    ['(lambda f: f(f))(lambda f: f(f))', 'nested'],
    ['[[[1 for a in doc.many] for b in doc.many] for c in doc.many]', 'steps'],
    ['doc.tags.append(1)', 'published data cannot be changed'],
    ['10 ** 100000', 'more than 300 digits'],
    ['"x" * 10 ** 9', 'more than 262144 characters'],
  ])('fails where Python raises an exception: %s', (source, message) => {
    expect(() => holds(source, DATA)).toThrow(
      expect.objectContaining({
        name: expect.stringMatching(/^(TemplateError|RenderLimitError)$/),
        message: expect.stringContaining(message),
      }),
    );
  });
});
