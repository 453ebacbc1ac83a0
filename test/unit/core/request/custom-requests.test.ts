import { describe, expect, it } from 'vitest';
import { newSubscriptionSchema, settingFaults } from '../../../../core/api-schemas/subscription.ts';
import { PUBLIC_DESTINATIONS } from '../../../../core/contract.ts';
import { RenderError } from '../../../../core/kernel/errors.ts';
import type { JsonText } from '../../../../core/kernel/json-text.ts';
import type { Subscription } from '../../../../core/model/subscription.ts';
import { outgoingRequest } from '../../../../core/request/outgoing-request.ts';
import { eventRecord, NOW, subscriptionRecord } from '../../../support/records.ts';

const task = eventRecord({
  id: 'evt_1',
  type: 'Task.on_update',
  data: '{"name":"TASK-0001","doctype":"Task","status":"Open","total":50000.0,"note":null,"city":"Orl\u00e9ans"}' as JsonText,
});
const requestFor = (given: Partial<Subscription>, event = task) =>
  outgoingRequest(subscriptionRecord({ events: ['Task.on_update'], ...given }), event, NOW);
const frappe = { signature: 'frappe', secrets: [{ secret: 'super-secret', expiresAt: null }] } as const;
const SIGNATURE = 'x-frappe-webhook-signature';

describe('a custom body', () => {
  it('has the JSON that its template renders, written like Python and signed like Frappe', () => {
    const { body, headers } = requestFor({
      ...frappe,
      format: 'template',
      template: '{ "id": "{{ doc.name }}" }',
    });
    expect(body).toBe('{"id": "TASK-0001"}');
    expect(headers[SIGNATURE]).toBe('WgR5g1ayyZzZx7O+cYE/gPLW0TdH6RFsSBTyDQzLsgY=');
    const empty = requestFor({ ...frappe, format: 'template', template: '{}' });
    expect(empty.headers[SIGNATURE]).toBe('6+2rhdFO0rxGC7aB4vAGQT23aLBqKSQ+aWG64QGvfwA=');
  });

  it('has the chosen fields under their new names, with published numbers and null for missing fields', () => {
    const rows = ['name', 'status', 'total', 'note'].map((name) => ({ key: name, fieldname: name }));
    const { body, headers } = requestFor({ ...frappe, format: 'fields', fields: rows });
    expect(body).toBe('{"name": "TASK-0001", "status": "Open", "total": 50000.0, "note": null}');
    expect(headers[SIGNATURE]).toBe('BLbsehyj1MsV20oQrt58r44cioiH+MKMWHvBrLAOV6U=');
    const other = requestFor({ format: 'fields', fields: [{ key: 'n', fieldname: 'nothing' }] });
    expect(other.body).toBe('{"n": null}');
  });

  it('can be form-encoded', () => {
    const rows = ['name', 'total', 'note', 'city'].map((name) => ({ key: name, fieldname: name }));
    const { body, headers } = requestFor({ format: 'fields', fields: rows, fieldsEncoding: 'form' });
    expect(headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(body).toBe('name=TASK-0001&total=50000.0&note=&city=Orl%C3%A9ans');
  });

  it.each(['json', 'form'] as const)('is bounded in size when encoded as %s', (fieldsEncoding) => {
    const large = { ...task, data: `{"text":"${'é'.repeat(100_000)}"}` as JsonText };
    const rowsOf = (count: number) =>
      Array.from({ length: count }, (_, index) => ({ key: `k${index}`, fieldname: 'text' }));
    const render = (count: number) =>
      requestFor({ format: 'fields', fields: rowsOf(count), fieldsEncoding }, large);
    expect(render(20).body.length).toBeGreaterThan(2_000_000);
    expect(() => render(21)).toThrow(RenderError);
  });

  it('is signed like in Python with a secret that is not ASCII', () => {
    const { body, headers } = requestFor({
      format: 'fields',
      fields: [{ key: 'city', fieldname: 'city' }],
      signature: 'frappe',
      secrets: [{ secret: 's3cr3t-é', expiresAt: null }],
    });
    expect(body).toBe('{"city": "Orl\\u00e9ans"}');
    expect(headers[SIGNATURE]).toBe('TDcsls2ee03wYGB669xbBkIDXSrtBYRpkrdobmrfofg=');
  });

  it('can be a CloudEvent', () => {
    const { body, headers } = requestFor({ format: 'cloudevents' });
    expect(headers['content-type']).toBe('application/cloudevents+json');
    expect(JSON.parse(body)).toMatchObject({
      specversion: '1.0',
      id: 'evt_1',
      source: '/projects/erp',
      type: 'Task.on_update',
      time: task.time,
      data: { total: 50_000 },
    });
    expect(requestFor({ format: 'cloudevents' }, { ...task, source: '/erp' }).body).toContain(
      '"source":"/erp"',
    );
  });

  it('as a CloudEvent has what its publisher wrote', () => {
    const published = {
      ...{ ...task, id: 'evt_derived', publisherId: 'a/1', source: 'urn:a', data: '[1.10]' as JsonText },
      cloudEvent:
        '{"time":"2026-01-02T03:04:05.123456789+01:00","subject":"é","n":1.10,"on":true}' as JsonText,
    };
    const { body, headers } = requestFor({ format: 'cloudevents' }, published);
    expect(body).toBe(
      '{"specversion":"1.0","id":"a/1","source":"urn:a","type":"Task.on_update","time":"2026-01-02T03:04:05.123456789+01:00","subject":"é","n":1.10,"on":true,"data":[1.10]}',
    );
    expect(headers['webhook-id']).toBe('evt_derived');
  });

  it.each([
    ['base64', '"/w=="', '"data_base64":"/w=="}'],
    ['json in base64', '{"a":1}', '"data_base64":"eyJhIjoxfQ=="}'],
    ['none', '{}', '"type":"Task.on_update"'],
  ] as const)('as a CloudEvent has its data as it was published: %s', (dataForm, data, part) => {
    const published = { ...task, cloudEvent: '{}' as JsonText, dataForm, data: data as JsonText };
    const { body } = requestFor({ format: 'cloudevents' }, published);
    expect(body).toContain(part);
    expect(body).not.toContain('"data":');
  });

  it.each([
    ['my erp system', 'my%20erp%20system'],
    ['acme.billing', 'acme.billing'],
    ['https://a.b/é 100%', 'https://a.b/%C3%A9%20100%25'],
    ['1:2', '1%3A2'],
    ['a[b]', 'a%5Bb%5D'],
    ['#a#b', '%23a%23b'],
  ])('as a CloudEvent has a source that is a URI reference: %s', (source, sent) => {
    const { body } = requestFor({ format: 'cloudevents' }, { ...task, source });
    expect(JSON.parse(body).source).toBe(sent);
    expect(URL.canParse(sent, 'http://a/')).toBe(true);
  });

  it.each(['"text"', '[{"name":1}]', '7', 'null', 'true'])('has data that is not an object: %s', (text) => {
    const event = { ...task, data: text as JsonText };
    expect(requestFor({ format: 'data' }, event).body).toBe(text);
    expect(requestFor({ format: 'standard' }, event).body).toContain(`"data":${text}`);
    expect(requestFor({ format: 'weavy' }, event).body).toBe(`{"result":${text}}`);
    const rendered = requestFor({ format: 'template', template: '{"a": {{ data | tojson }}}' }, event);
    expect(JSON.parse(rendered.body)).toEqual({ a: JSON.parse(text) });
    const fields = [{ key: 'a', fieldname: 'name' }];
    expect(() => requestFor({ format: 'fields', fields }, event)).toThrow(
      new RenderError('The data is not an object, so it has no fields.'),
    );
  });

  it.each([
    ['does not render JSON', { format: 'template', template: '{{ doc.name }}' }, /did not render JSON/],
    ['fails', { format: 'template', template: '{{ 1 // 0 }}' }, /zero/],
    [
      'takes too many steps',
      {
        format: 'template',
        template: '{% for i in range(100000) %}{% for j in range(100000) %}{% endfor %}{% endfor %}',
      },
      /./,
    ],
  ])('is a render error if the template %s', (_, given, message) => {
    expect(() => requestFor(given)).toThrow(RenderError);
    expect(() => requestFor(given)).toThrow(message);
  });

  const faultOf = (given: Partial<Subscription>) => {
    try {
      requestFor(given);
    } catch (error) {
      if (error instanceof RenderError) return { ...error.fault, message: error.message };
      throw error;
    }
    throw new Error('It was rendered.');
  };

  it.each([
    ['the template’s own text', '{\n  "a": 1,\n  "b": 2,,\n}', 3],
    ['a value', '{\n"a": {{ doc.nothing }},\n"b": {{ doc.name }}\n}', 2],
    ['text after a tag that trims the lines before it', '{\n{% set a = 1 -%}\n\n  "a": {{ a }} x\n}', 4],
    ['an iteration of a loop', '[\n{% for i in [1, 2] %}\n  {{ i }},\n{% endfor %}\n]', 5],
    ['a branch', '{% if true %}\n{% else %}\n{% endif %}\n{"a": {% if true %}\nno{% endif %} }', 5],
    ['a macro, where it is called', '{% macro m() %}\n\nno{% endmacro %}\n{"a":\n{{ m() }} }', 5],
    ['nothing, after which JSON is missing', '{\n"a": [1,\n2', 3],
  ])('names the line of the template that rendered what is not JSON: %s', (_, template, line) => {
    const { message, ...fault } = faultOf({ format: 'template', template });
    expect(fault).toEqual({ setting: 'template', line });
    expect(message).toContain(`did not render JSON, from its line ${line}: `);
  });

  it('shows the text on both sides of what is not JSON', () => {
    const template = `{"first": "${'x'.repeat(100)}", "t": "He said "hi" to ${'y'.repeat(100)}"}`;
    expect(faultOf({ format: 'template', template }).message).toBe(
      "The template did not render JSON, from its line 1: Expecting ',' delimiter: line 1 column 130 (char 129), here: " +
        '…xx", "t": "He said "⟪⟫hi" to yyyyyyyyyyyyy…',
    );
  });

  it('names the line of a condition, a template or a URL that fails', () => {
    const failing = '{{\n1 // 0 }}';
    expect(faultOf({ format: 'template', template: `{}\n${failing}` })).toMatchObject({
      ...{ setting: 'template', line: 2 },
      message: expect.stringMatching(/^line 2: .*zero/),
    });
    expect(faultOf({ url: `https://h.example/\n${failing}`, dynamicUrl: true })).toMatchObject({
      ...{ setting: 'url', line: 2 },
    });
  });
});

describe('a URL template', () => {
  it('is rendered only if the subscription has a dynamic URL', () => {
    const url = 'https://h.example/anything/{{ doc.doctype }}';
    expect(requestFor({ url, dynamicUrl: true }).url).toBe('https://h.example/anything/Task');
    expect(requestFor({ url }).url).toBe('https://h.example/anything/%7B%7B%20doc.doctype%20%7D%7D');
  });

  const urlOf = (url: string, data: object, given: Partial<Subscription> = {}) =>
    requestFor(
      { url, dynamicUrl: true, ...given },
      eventRecord({ type: 'Task.on_update', data: JSON.stringify(data) as JsonText }),
    ).url;
  const H = 'https://h.example';

  it.each([
    [`${H}/a/{{ data.v }}`, 'x/y?z=1&b#c', `${H}/a/x%2Fy%3Fz%3D1%26b%23c`],
    [`${H}/a?q={{ data.v }}&r=1`, 'é & ü', `${H}/a?q=%C3%A9%20%26%20%C3%BC&r=1`],
    [`${H}/a?q={{ data.v }}`, '\ud800', `${H}/a?q=%EF%BF%BD`],
    [`${H}/{{ data.v | urlencode }}`, 'a b/c', `${H}/a%20b%2Fc`],
    [`${H}/{{ data.v }}`, '//evil.example/', `${H}/%2F%2Fevil.example%2F`],
    [`${H}/{{ data.v }}`, '@evil.example', `${H}/%40evil.example`],
    [`${H}/{{ data.v }}`, '100%', `${H}/100%25`],
    [`${H}/{% if data.v == "a/b" %}{{ data.v }}{% endif %}`, 'a/b', `${H}/a%2Fb`],
    [`${H}/{% set x %}{{ data.v }}{% endset %}{% if x == "a/b" %}same{% endif %}`, 'a/b', `${H}/same`],
    [`${H}/{% filter upper %}{{ data.v }}{% endfilter %}`, 'a/b', `${H}/A%2FB`],
    [`${H}/{% macro m(x) %}<{{ x }}>{% endmacro %}{{ m(data.v) }}`, 'a', `${H}/%3Ca%3E`],
    [`${H}/{% for x in [1, 2] %}\n{{ x }}{{ data.v }},\n{% endfor %}`, '/', `${H}/1%2F,2%2F,`],
  ])('encodes the values in the path and query: %s', (url, v, rendered) => {
    expect(urlOf(url, { v })).toBe(rendered);
  });

  it('does not encode the values of a webhook of Frappe more than its client does', () => {
    const python = { requestStyle: 'python' } as const;
    expect(urlOf(`${H}/a/{{ doc.v }}`, { v: 'x/y?z=1|é#c' }, python)).toBe(`${H}/a/x/y?z=1%7C%C3%A9`);
    expect(() => urlOf(`${H}/a/{{ doc.v }}`, { v: 'x\ny' }, python)).toThrow(RenderError);
  });

  it.each(['line\nbreak', 'a\u0000b', 'a\u0001b', 'a\u0002b', 'tab\t', 'a\u0085b'])(
    'refuses a control character in a value: %j',
    (v) => {
      expect(() => urlOf(`${H}/{{ data.v }}`, { v })).toThrow(/control character/);
      expect(() => urlOf(`${H}/{{ "\u0001" }}`, { v })).toThrow(/control character/);
    },
  );

  it.each(['..', '.', '%2e%2E', '.%2e'])('refuses a value that leaves the path of its template: %s', (v) => {
    expect(() => urlOf(`${H}/hooks/{{ data.v }}/x`, { v })).toThrow(/segment/);
    expect(urlOf(`${H}/hooks?v={{ data.v }}`, { v })).toContain('/hooks?v=');
  });

  it('has at most 8192 characters, however many values they are made of', () => {
    expect(urlOf(`${H}/{{ data.v }}`, { v: 'a'.repeat(8000) })).toHaveLength(8000 + H.length + 1);
    expect(() => urlOf(`${H}/{{ data.v }}`, { v: 'a'.repeat(8200) })).toThrow(/longer than 8192/);
    const many = '{% for x in range(9000) %}{{ "a" }}{% endfor %}';
    expect(() => urlOf(`https://${many}`, {}, { dynamicOrigin: true })).toThrow(/longer than 8192/);
  });

  it('renders the origin only if the subscription allows it', () => {
    const v = 'https://other.example/a?b=c d';
    const allowed = { dynamicOrigin: true };
    expect(urlOf('{{ data.v }}', { v }, allowed)).toBe('https://other.example/a?b=c%20d');
    expect(urlOf('https://{{ data.v }}/x/{{ data.v }}', { v: 'o.example' }, allowed)).toBe(
      'https://o.example/x/o.example',
    );
    expect(() => urlOf('{{ data.v }}', { v })).toThrow(/dynamicOrigin/);
    expect(() => urlOf('https://{{ data.v }}/x', { v: 'o.example' })).toThrow(/dynamicOrigin/);
    expect(() => urlOf('https://h.example{{ data.v }}/', { v: '.evil.example' })).toThrow(/dynamicOrigin/);
    expect(() => urlOf('https://{{ data.v }}/', { v: ' ' }, allowed)).toThrow(/not valid/);
  });
});

describe('the headers of a subscription', () => {
  it('may have characters of Latin-1 and a user agent of its own', () => {
    const headers = { 'X-City': 'Orléans ÿ', 'User-Agent': 'Mozilla/5.0' };
    expect(
      newSubscriptionSchema(PUBLIC_DESTINATIONS).safeParse({
        url: 'https://a.example/',
        events: ['a'],
        headers,
      }).success,
    ).toBe(true);
    const request = requestFor({ headers });
    expect(request.headers).toMatchObject({ 'x-city': 'Orléans ÿ', 'user-agent': 'Mozilla/5.0' });
    expect(requestFor({ headers, redirects: 'follow' }).redirects?.headersElsewhere).toEqual({
      'content-type': 'application/json',
      'user-agent': expect.stringMatching(/^Ancrage/),
      'ancrage-hops': '1',
    });
  });

  it.each(['日本', 'a\nb', 'a\u0000'])(
    'are a render error if one that is stored cannot be sent: %j',
    (value) => {
      expect(() => requestFor({ headers: { 'x-a': value } })).toThrow(RenderError);
    },
  );
});

describe('a condition that fails on an event', () => {
  it('is a render error', () => {
    expect(() => requestFor({ condition: 'doc.note > 3' })).toThrow(RenderError);
    expect(requestFor({ condition: 'doc.total > 60000' }).body).toContain('TASK-0001');
  });
});

describe('the settings of a subscription', () => {
  const policy = PUBLIC_DESTINATIONS;
  const schema = newSubscriptionSchema(policy);
  const faultsOf = (given: object) =>
    (schema.safeParse({ url: 'https://a.example/', events: ['a'], ...given }).error?.issues ?? []).map(
      ({ path, message }) => `${path.join('.')} ${message}`,
    );

  it.each([
    [{ condition: 'doc.__class__' }, /^condition is not a valid condition: .*"__class__"/],
    [{ condition: '(x:=1)' }, /^condition is not a valid condition/],
    [
      { condition: 'doc.reload()' },
      /^condition is not a valid condition: line 1: doc\.reload\(\) is not available/,
    ],
    [
      { template: 'a\n{{ frappe.db.get_value("Task", doc.name) }}' },
      /^template is not a valid template: line 2: frappe\.db is not available: it needs a Frappe site$/,
    ],
    [
      { url: 'https://h.example/{{ frappe.get_doc("Task", "x").y }}', dynamicUrl: true },
      /^url is not a valid template: line 1: frappe\.get_doc is not available/,
    ],
    [{ template: '{% for %}' }, /^template is not a valid template: line 1/],
    [{ format: 'template' }, /^template is required with the format "template"/],
    [{ format: 'fields' }, /^fields is required with the format "fields"/],
    [
      {
        format: 'fields',
        fields: [
          { key: 'a', fieldname: 'b' },
          { key: 'a', fieldname: 'c' },
        ],
      },
      /^fields has a duplicate key/,
    ],
    [{ url: 'http://127.0.0.1/' }, /^url /],
    [{ url: 'https://{{ doc.host', dynamicUrl: true }, /^url is not a valid template/],
    [{ url: '{{ doc.url }}', dynamicUrl: true }, /^url does not begin with an origin/],
    [{ url: 'https://{{ doc.host }}/', dynamicUrl: true }, /^url does not begin with an origin/],
    [{ url: 'https://h.example{{ doc.path }}', dynamicUrl: true }, /^url does not begin with an origin/],
    [{ headers: { 'X-Key': 'a', 'x-key': 'b' } }, /^headers has names that differ only in case/],
    [{ headers: { 'X-A': '日本' } }, /^headers.X-A is not a header value: it may only have printable/],
    [{ headers: { 'X-A': 'a\u2019b' } }, /^headers.X-A is not a header value/],
    [{ headers: { 'X-A': 'a\r\nb' } }, /^headers.X-A is not a header value/],
    [{ headers: { 'X-A': 'a\u007f' } }, /^headers.X-A is not a header value/],
    [{ headers: { 'X-A': ' a' } }, /^headers.X-A is not a header value: receivers drop/],
    [{ headers: { 'X-A': 'a\t' } }, /^headers.X-A is not a header value: receivers drop/],
    [{ secret: 'short' }, /^secret is not "whsec_"/],
  ])('are rejected with the reason: %j', (given, fault) => {
    expect(faultsOf(given)).toEqual([expect.stringMatching(fault)]);
  });

  it('are rejected with every fault at once, including those of several fields', () => {
    expect(faultsOf({ url: 'ftp://x', format: 'template', timeoutSeconds: 99, retry: 7 })).toHaveLength(4);
  });

  it('accept any text as the secret of a Frappe signature', () => {
    expect(faultsOf({ signature: 'frappe', secret: 'super-secret' })).toEqual([]);
    expect(faultsOf({ signature: 'frappe', secret: '' })).toHaveLength(1);
    // The secret does not sign, but may do so after the signature is changed.
    expect(faultsOf({ signature: 'none', secret: 'super-secret' })).toEqual([]);
    expect(faultsOf({ signature: 'standard', secret: 'super-secret' })).toHaveLength(1);
  });

  it('must be consistent after a change too', () => {
    const subscription = subscriptionRecord({ format: 'template', template: null });
    expect(settingFaults(subscription, policy)).toEqual([
      { path: 'template', message: 'is required with the format "template"' },
    ]);
    expect(settingFaults({ secret: 'super-secret', signature: 'standard' }, policy)).toHaveLength(1);
  });
});
