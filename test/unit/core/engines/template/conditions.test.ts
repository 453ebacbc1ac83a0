import { describe, expect, it } from 'vitest';
import { compileCondition } from '../../../../../core/customer-code/conditions.ts';
import { changesOf, holds, scopeOf } from './rendering.ts';

const DATA = `{"name":"TASK-0001","status":"Open","total":50000,"price":1.10,"note":null,"tags":["a","b"],
  "customer":{"country":"FR"},"due":"2026-11-20","_assign":"x"}`;

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
    ['foo > 3', "name 'foo' is not defined"],
    ['doc.total >', 'unexpected'],
    ['doc.total = 3', "unexpected '='"],
    ['doc.total 3', "unexpected '3'"],
    ['import os', "unexpected 'import'"],
    ['1 if doc.total', "expected 'else'"],
    ['doc.total ~ 1', "unexpected '~'"],
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
