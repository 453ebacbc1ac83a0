import { describe, expect, it } from 'vitest';
import { compileTemplate } from '../../../../../core/engines/template/template.ts';
import { toJsonText } from '../../../../../core/kernel/json-text.ts';
import { render, scopeOf } from './rendering.ts';

const shown = (expression: string, data?: string) => render(`{{ ${expression} }}`, data);

/** `get_safe_globals` and `get_python_builtins` of Frappe. */
describe('the globals of templates', () => {
  it.each([
    ['sum([1, 2.5]), min("b", "a"), max([1, 3], default=0), max([], default=0)', "(3.5, 'a', 3, 0)"],
    ['any([0, ""]), all([]), abs(-2), bool([0])', '(False, True, 2, True)'],
    ['list("ab"), tuple([1]), dict([["a", 1]], b=2)', "(['a', 'b'], (1,), {'a': 1, 'b': 2})"],
    [
      'enumerate(["a"], 1) | list, sorted([2, 3, 1], reverse=true), range(1, 9, 3)',
      "([(1, 'a')], [3, 2, 1], range(1, 9, 3))",
    ],
    ['set([1, 2, 1]), set(), set([1]) == set([1]), 2 in set([2])', '({1, 2}, set(), True, True)'],
    ['isinstance({}, dict), isinstance(1, (list, bool))', '(True, False)'],
    ['json.loads(\'{"a": [1, 2.50, null]}\').a, json.loads("NaN")', '([1, 2.5, None], nan)'],
    [
      'json.dumps({"b": "é", "a": [1, 1.0]}), json.dumps({"b": "é"}, ensure_ascii=false)',
      '(\'{"b": "\\\\u00e9", "a": [1, 1.0]}\', \'{"b": "é"}\')',
    ],
    [
      'json.dumps({"b": 1, "a": 2}, sort_keys=true, separators=(",", ":")) ~ json.dumps([1], indent=1)',
      '{"a":2,"b":1}[\n 1\n]',
    ],
    ['as_json({"b": 1, "a": 2}) ~ as_json([1, 2], indent=none)', '{\n "a": 2,\n "b": 1\n}[1,2]'],
    ['_("Total") ~ scrub("Sales Invoice-Item") ~ _dict(a=1).b', 'Totalsales_invoice_itemNone'],
    [
      '{"a": 1}.keys(), {"a": 1}.values(), {"a": 1}.items()',
      "(dict_keys(['a']), dict_values([1]), dict_items([('a', 1)]))",
    ],
    ['int ~ len ~ round ~ str', '{{ int }}{{ len }}{{ round }}{{ str }}'],
  ])('%s', (expression, expected) => expect(shown(expression)).toBe(expected));

  it('has the user who caused the event', () => {
    const actor = toJsonText({ id: 7, name: 'Jane', email: 'jane@example.com' });
    const source = '{{ frappe.session.user }} {{ frappe.user }} {{ frappe.full_name }}';
    expect(compileTemplate(source).render(scopeOf('{}', { actor }))).toBe(
      'jane@example.com jane@example.com Jane',
    );
    expect(render(source)).toBe('Administrator Administrator Administrator');
  });

  it.each([
    [
      'frappe.utils.add_days("2026-01-01", 1) ~ frappe.format_date("2026-01-02")',
      '2026-01-02January 2, 2026',
    ],
    [
      'frappe.format(1.5, {"fieldtype": "Float"}) ~ frappe.bold("x") ~ frappe.format(none)',
      '1.5<strong>x</strong>',
    ],
  ])('%s', (expression, expected) => expect(shown(expression)).toBe(expected));

  it.each([
    ['json.loads("{a: 1}")', 'Expecting property name enclosed in double quotes: line 1 column 2 (char 1)'],
    ['json.loads("[1,")', 'Expecting value'],
    ['json.dumps(set([1]))', 'Object of type set is not JSON serializable'],
    ['json.dumps(utils.getdate())', 'Object of type datetime.date is not JSON serializable'],
    ['sorted([1, "a"])', 'not supported between instances'],
    ['set([[1]])', 'cannot be a key'],
    ['isinstance(1, 2)', 'must be a type'],
  ])('fails in %s: %s', (expression, message) => expect(() => shown(expression)).toThrow(message));
});

describe('utils on texts and lists', () => {
  it.each([
    [
      'utils.comma_sep(["a", "b", "c"], "{0} & {1}", false) ~ "|" ~ utils.new_line_sep(["a", "b"])',
      'a, b & c|a\n b',
    ],
    [
      'utils.unique([3, 1, 3]), utils.has_common([1, 2], [2]), utils.is_subset([1], [1, 2])',
      '([3, 1], {2}, True)',
    ],
    ['utils.filter_strip_join([" a ", none, "b"], ", ") ~ utils.strip("\u200b x ")', 'a, bx'],
    [
      'utils.quoted("a b/ü&c\\"") ~ " " ~ utils.get_abbr("Jane van Doe", 3) ~ utils.get_abbr("")',
      'a%20b/%C3%BC&c%22 JvD?',
    ],
    [
      'utils.is_html("a<b>"), utils.is_html("1 < 2"), utils.is_image("/a.PNG?v=1"), utils.is_image("a.pdf")',
      '(True, False, True, False)',
    ],
    [
      'utils.in_words(1005) ~ "|" ~ utils.in_words(12345678)',
      'one thousand and five|twelve million, three hundred and forty five thousand, six hundred and seventy eight',
    ],
    [
      'utils.money_in_words(1250.5, "EUR") ~ "|" ~ utils.money_in_words(0)',
      'EUR One Thousand, Two Hundred And Fifty and Fifty Cent only.|INR Zero only.',
    ],
    [
      'utils.sha256_hash("a")[:8] ~ utils.get_absolute_url("Sales Invoice", "A/1")',
      'ca978112/app/sales-invoice/A/1',
    ],
    [
      'utils.get_number_format_info("#.###,##"), utils.compare(2, ">", 1), utils.encode("é")',
      "((',', '.', 2), True, b'\\xc3\\xa9')",
    ],
    // More than two decimals are written only if the amount has them.
    [
      'utils.fmt_money(5, 4) ~ " " ~ utils.fmt_money(5.1234, 3) ~ " " ~ utils.fmt_money(-0.001) ~ " " ~ utils.fmt_money(7, 0)',
      '5.00 5.123 0.00 7',
    ],
  ])('%s', (expression, expected) => expect(shown(expression)).toBe(expected));
});

/** MarkupSafe, without autoescape. */
describe('a text that is marked as HTML', () => {
  it.each([
    ['"<" | e | e ~ ("<" | safe | e)', '&lt;<'],
    ['("<" | e) + "<" + ("<" | safe)', '&lt;&lt;<'],
    ['("<b>%s</b>" | safe) % "<"', '<b>&lt;</b>'],
    ['"<b>%s</b>" | safe | format("<")', '<b>&lt;</b>'],
    ['"a<" | e | upper | e ~ ("<" | e | replace("&", "+") | e)', 'A&LT;+lt;'],
    ['"<" | e | forceescape', '&amp;lt;'],
    ['{"a": "<"} | tojson | e', '{"a": "\\u003c"}'],
    [
      '("<" | e) is escaped, "<" is escaped, ("<" | e) == "&lt;", ("<" | e) | length',
      '(True, False, True, 4)',
    ],
  ])('%s', (expression, expected) => expect(shown(expression)).toBe(expected));

  it('stays marked in a variable', () => {
    expect(render('{% set x = "<" | e %}{{ x | e }}')).toBe('&lt;');
  });
});

describe('other members and filters', () => {
  it.each([
    [
      '(1.0).is_integer(), "aé".encode().hex(), "a\\tb".expandtabs(4), "a.b.c".rindex(".")',
      "(True, '61c3a9', 'a   b', 3)",
    ],
    ['"&eacute;&nbsp;<b> x  y</b>&lt;&#8364;&hellip;" | striptags', 'é\u00a0 x y<€…'],
    ['{"b": none, "a": "<1>"} | xmlattr ~ {} | xmlattr', ' a="&lt;1&gt;"'],
    [
      '"see www.example.com." | urlize',
      'see <a href="https://www.example.com" rel="noopener">www.example.com</a>.',
    ],
    [
      '""["__class__"]',
      "{{ undefined value printed: access to attribute '__class__' of 'str' object is unsafe. }}",
    ],
    ['self', '<TemplateReference None>'],
    ['utils.rounded(-0.0, 1) ~ " " ~ -0.0 ~ " " ~ utils.flt(-0.04, 1)', '0.0 -0.0 0.0'],
  ])('%s', (expression, expected) => expect(shown(expression)).toBe(expected));

  it('writes long values one element a line with pprint', () => {
    expect(render('{{ {"b": "x" * 50, "a": "y" * 50} | pprint }}')).toBe(
      `{'a': '${'y'.repeat(50)}',\n 'b': '${'x'.repeat(50)}'}`,
    );
  });
});
