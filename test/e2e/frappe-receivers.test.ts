import { createHmac } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Document, frappeClient } from '../support/frappe.ts';
import { type ReceivedRequest, to, useReceiver } from '../support/receiver.ts';
import { useStack } from '../support/stack.ts';

// Webhooks as users of Frappe set them up for the receivers that public repositories and forums show most.

const SITE = 'https://erp.example.com';

const INVOICE = `{
  "doctype": "Sales Invoice", "name": "ACC-SINV-2026-00031", "status": "Overdue", "docstatus": 1, "is_return": 0,
  "customer": "CUST-0007", "customer_name": "Café \\"Zoë\\" & Söhne", "contact_mobile": "+33 6 00 00 00 07",
  "posting_date": "2026-01-05", "due_date": "2026-02-14", "creation": "2026-01-05 11:02:17.123456",
  "currency": "EUR", "grand_total": 1440.0, "outstanding_amount": 1234567.5, "remarks": null,
  "items": [
    {"idx": 1, "item_code": "CHAISE-01", "item_name": "Chaise en chêne", "qty": 10.0, "rate": 120.0, "amount": 1200.0},
    {"idx": 2, "item_code": "TABLE-02", "item_name": "Table", "qty": 2.5, "rate": 96.0, "amount": 240.0}
  ]
}`;

const ITEM = `{
  "doctype": "Item", "name": "CHAISE-01", "item_name": "Chaise en chêne", "disabled": 0, "shopify_product_id": "7890123456",
  "description": "<div class=\\"ql-editor\\"><p>Solid&nbsp;oak &amp; linen</p><p>Made in Dijon</p></div>",
  "item_group": "Chairs", "brand": null, "standard_rate": 120.0, "tags": ",oak,dining,",
  "attributes": [{"attribute": "Colour", "attribute_value": "Nature"}, {"attribute": "Size", "attribute_value": "M"}],
  "barcodes": [{"barcode": "3700123456789"}], "stock": [{"warehouse": "A", "actual_qty": 3.0}, {"warehouse": "B", "actual_qty": 4.5}]
}`;

describe('a webhook of Frappe', () => {
  const stack = useStack();
  const frappe = frappeClient(stack);
  const receiver = useReceiver();

  beforeAll(() => stack().done('PATCH', `/v1/projects/${stack().project}`, { siteUrl: SITE }));

  const json = (template: string) => ({ request_structure: 'JSON', webhook_json: template });

  /** Create a webhook, publish a document, and return the request for a path, which is the webhook's own unless it is dynamic. */
  async function sent(given: Document, data: string, path = `/${given.name}`): Promise<ReceivedRequest> {
    await frappe.create({ request_url: receiver.url(path), ...given });
    await stack().publish(`{"type":"${given.webhook_doctype}.${given.webhook_docevent}","data":${data}}`);
    const [request] = await receiver.waitFor(1, to(path));
    return request as ReceivedRequest;
  }

  it('posts a message with a link and a list to Slack, for what is overdue', async () => {
    const { body, headers } = await sent(
      {
        name: 'slack',
        webhook_doctype: 'Sales Invoice',
        webhook_docevent: 'on_update_after_submit',
        condition: 'doc.status in ("Overdue", "Unpaid") and doc.docstatus == 1 and not doc.is_return',
        webhook_headers: [{ key: 'Content-Type', value: 'application/json' }],
        ...json(`{
  "text": "Invoice {{ doc.name }} is {{ doc.status | lower }}",
  "blocks": [
    {"type": "header", "text": {"type": "plain_text", "text": {{ ("Overdue: " ~ doc.customer_name) | tojson }}}},
    {"type": "section", "text": {"type": "mrkdwn", "text": "*<{{ frappe.utils.get_url_to_form(doc.doctype, doc.name) }}|{{ doc.name }}>* due {{ frappe.utils.formatdate(doc.due_date, "d MMM yyyy") }}"}},
    {"type": "section", "fields": [
      {%- for item in doc.get("items") %}
      {"type": "mrkdwn", "text": "*{{ item.item_name }}*\\n{{ item.qty | int }} × {{ "%.2f" | format(item.rate) }} {{ doc.currency }}"}{{ "," if not loop.last }}
      {%- endfor %}
    ]},
    {"type": "context", "elements": [{"type": "mrkdwn", "text": "{{ frappe.utils.fmt_money(doc.outstanding_amount, currency=doc.currency) }} outstanding, {{ frappe.utils.date_diff("2026-03-01", doc.due_date) }} days late"}]}
  ]
}`),
      },
      INVOICE,
    );
    expect(body).toBe(
      '{"text": "Invoice ACC-SINV-2026-00031 is overdue", "blocks": [{"type": "header", "text": {"type": "plain_text", "text": "Overdue: Caf\\u00e9 \\"Zo\\u00eb\\" & S\\u00f6hne"}}, {"type": "section", "text": {"type": "mrkdwn", "text": "*<https://erp.example.com/app/sales-invoice/ACC-SINV-2026-00031|ACC-SINV-2026-00031>* due 14 Feb 2026"}}, {"type": "section", "fields": [{"type": "mrkdwn", "text": "*Chaise en ch\\u00eane*\\n10 \\u00d7 120.00 EUR"}, {"type": "mrkdwn", "text": "*Table*\\n2 \\u00d7 96.00 EUR"}]}, {"type": "context", "elements": [{"type": "mrkdwn", "text": "EUR 1,234,567.50 outstanding, 15 days late"}]}]}',
    );
    expect(headers['content-type']).toBe('application/json');
  });

  it('posts a card with a button to Google Chat', async () => {
    const { body, headers } = await sent(
      {
        name: 'google-chat',
        webhook_doctype: 'Sales Invoice',
        webhook_docevent: 'on_submit',
        webhook_headers: [{ key: 'Content-Type', value: 'application/json; charset=UTF-8' }],
        ...json(`{%- set url = frappe.utils.get_url() ~ "/app/" ~ (doc.doctype | lower | replace(" ", "-")) ~ "/" ~ doc.name -%}
{"cardsV2": [{"cardId": {{ doc.name | tojson }}, "card": {
  "header": {"title": {{ doc.customer_name | tojson }}, "subtitle": "{{ _(doc.doctype) }} {{ _(doc.status) }}"},
  "sections": [{"widgets": [
    {"decoratedText": {"topLabel": "Total", "text": "{{ "{:,.2f}".format(doc.grand_total) }} {{ doc.currency }}"}},
    {"decoratedText": {"topLabel": "Due", "text": "{{ frappe.utils.getdate(doc.due_date).strftime("%d/%m/%Y") }}"}},
    {% if doc.remarks %}{"textParagraph": {"text": {{ doc.remarks | striptags | tojson }}}},{% endif %}
    {"buttonList": {"buttons": [{"text": "Open", "onClick": {"openLink": {"url": {{ url | tojson }}}}}]}}
  ]}]
}}]}`),
      },
      INVOICE,
    );
    expect(body).toBe(
      '{"cardsV2": [{"cardId": "ACC-SINV-2026-00031", "card": {"header": {"title": "Caf\\u00e9 \\"Zo\\u00eb\\" & S\\u00f6hne", "subtitle": "Sales Invoice Overdue"}, "sections": [{"widgets": [{"decoratedText": {"topLabel": "Total", "text": "1,440.00 EUR"}}, {"decoratedText": {"topLabel": "Due", "text": "14/02/2026"}}, {"buttonList": {"buttons": [{"text": "Open", "onClick": {"openLink": {"url": "https://erp.example.com/app/sales-invoice/ACC-SINV-2026-00031"}}}]}}]}]}}]}',
    );
    expect(headers['content-type']).toBe('application/json; charset=UTF-8');
  });

  it('sends a template message by the Cloud API of WhatsApp, with a token', async () => {
    const { body, headers } = await sent(
      {
        name: 'whatsapp',
        webhook_doctype: 'Sales Invoice',
        webhook_docevent: 'on_change',
        condition: 'doc.contact_mobile and doc.contact_mobile.startswith("+")',
        webhook_headers: [
          { key: 'Authorization', value: 'Bearer EAAG-token' },
          { key: 'Content-Type', value: 'application/json' },
        ],
        ...json(`{
  "messaging_product": "whatsapp", "recipient_type": "individual",
  "to": "{{ doc.contact_mobile | replace(" ", "") | replace("+", "") }}",
  "type": "template",
  "template": {"name": "payment_reminder", "language": {"code": "fr"}, "components": [{"type": "body", "parameters": [
    {% for value in [doc.customer_name.split(" ")[0], doc.name, "%.2f" % doc.grand_total, frappe.utils.formatdate(doc.due_date, "dd.MM.yyyy")] -%}
    {"type": "text", "text": {{ value | tojson }}}{% if not loop.last %}, {% endif %}
    {%- endfor %}
  ]}]}
}`),
      },
      INVOICE,
    );
    expect(body).toBe(
      '{"messaging_product": "whatsapp", "recipient_type": "individual", "to": "33600000007", "type": "template", "template": {"name": "payment_reminder", "language": {"code": "fr"}, "components": [{"type": "body", "parameters": [{"type": "text", "text": "Caf\\u00e9"}, {"type": "text", "text": "ACC-SINV-2026-00031"}, {"type": "text", "text": "1440.00"}, {"type": "text", "text": "14.02.2026"}]}]}}',
    );
    expect(headers.authorization).toBe('Bearer EAAG-token');
  });

  it('passes whole documents to n8n, signed', async () => {
    const { body, headers } = await sent(
      {
        name: 'n8n',
        webhook_doctype: 'Sales Invoice',
        webhook_docevent: 'after_insert',
        enable_security: 1,
        webhook_secret: 'n8n-secret',
        ...json(
          '{"event": "after_insert", "at": "{{ doc.creation[:19] | replace(" ", "T") }}Z", "doc": {{ doc | json }}}',
        ),
      },
      INVOICE,
    );
    const [first, second] = JSON.parse(INVOICE).items;
    const item = ({ amount, idx, item_code, item_name, qty, rate }: typeof first) =>
      `{"amount": ${amount.toFixed(1)}, "idx": ${idx}, "item_code": "${item_code}", "item_name": "${item_name.replace('ê', '\\u00ea')}", "qty": ${qty.toFixed(1)}, "rate": ${rate.toFixed(1)}}`;
    // Frappe sorts the keys of a document.
    expect(body).toBe(
      `{"event": "after_insert", "at": "2026-01-05T11:02:17Z", "doc": {"contact_mobile": "+33 6 00 00 00 07", "creation": "2026-01-05 11:02:17.123456", "currency": "EUR", "customer": "CUST-0007", "customer_name": "Caf\\u00e9 \\"Zo\\u00eb\\" & S\\u00f6hne", "docstatus": 1, "doctype": "Sales Invoice", "due_date": "2026-02-14", "grand_total": 1440.0, "is_return": 0, "items": [${item(first)}, ${item(second)}], "name": "ACC-SINV-2026-00031", "outstanding_amount": 1234567.5, "posting_date": "2026-01-05", "remarks": null, "status": "Overdue"}}`,
    );
    expect(headers['x-frappe-webhook-signature']).toBe(
      createHmac('sha256', 'n8n-secret').update(body).digest('base64'),
    );
  });

  it('puts a product and its stock to Shopify, at a URL that names the product', async () => {
    const path = '/admin/api/2026-01/products/7890123456.json';
    const { method, body, headers } = await sent(
      {
        name: 'shopify',
        webhook_doctype: 'Item',
        webhook_docevent: 'on_update',
        request_url: receiver.url('/admin/api/2026-01/products/{{ doc.shopify_product_id }}.json'),
        is_dynamic_url: 1,
        request_method: 'PUT',
        condition: 'doc.shopify_product_id and not doc.disabled',
        webhook_headers: [
          { key: 'X-Shopify-Access-Token', value: 'shpat_0123' },
          { key: 'Content-Type', value: 'application/json' },
        ],
        ...json(`{%- set ns = namespace(qty=0) -%}
{%- for bin in doc.stock -%}{%- set ns.qty = ns.qty + bin.actual_qty -%}{%- endfor -%}
{"product": {
  "id": {{ doc.shopify_product_id }},
  "title": {{ doc.item_name | tojson }},
  "body_html": {{ doc.description | default("", true) | tojson }},
  "excerpt": {{ doc.description | striptags | truncate(12) | tojson }},
  "vendor": {{ (doc.brand or "Unbranded") | tojson }},
  "product_type": {{ doc.item_group | tojson }},
  "status": "{{ "draft" if doc.disabled else "active" }}",
  "tags": {{ doc.tags.split(",") | select | join(", ") | tojson }},
  "options": [{% for row in doc.attributes %}{"name": "{{ row.attribute }}", "values": ["{{ row.attribute_value }}"]}{{ "," if not loop.last }}{% endfor %}],
  "variants": [{"sku": "{{ doc.name }}", "price": "{{ "%.2f" | format(doc.standard_rate) }}", "barcode": {{ doc.barcodes | map(attribute="barcode") | first | default(none) | tojson }}, "inventory_quantity": {{ ns.qty | round(0, "floor") | int }}}],
  "images": {{ doc.images | map(attribute="url") | list | tojson }}
}}`),
      },
      ITEM,
      path,
    );
    expect(method).toBe('PUT');
    expect(body).toBe(
      '{"product": {"id": 7890123456, "title": "Chaise en ch\\u00eane", "body_html": "<div class=\\"ql-editor\\"><p>Solid&nbsp;oak &amp; linen</p><p>Made in Dijon</p></div>", "excerpt": "Solid\\u00a0oak...", "vendor": "Unbranded", "product_type": "Chairs", "status": "active", "tags": "oak, dining", "options": [{"name": "Colour", "values": ["Nature"]}, {"name": "Size", "values": ["M"]}], "variants": [{"sku": "CHAISE-01", "price": "120.00", "barcode": "3700123456789", "inventory_quantity": 7}], "images": []}}',
    );
    expect(headers['x-shopify-access-token']).toBe('shpat_0123');
  });
});
