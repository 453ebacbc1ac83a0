import { createServer } from 'node:http';
import { type LoopbackServer, listenOnLoopback } from '../../local/http/loopback.ts';

/** A webhook as a Frappe site stores it. */
export const frappeWebhook = (name: string, origin: string) => ({
  ...{ doctype: 'Webhook', name, webhook_doctype: 'Sales Invoice', webhook_docevent: 'on_submit' },
  ...{ request_url: `${origin}/frappe`, request_method: 'POST', request_structure: 'Form URL-Encoded' },
  ...{ enabled: 1, webhook_data: [{ fieldname: 'name', key: 'name' }], webhook_headers: [] },
});

/** Start a Frappe site with one webhook, as those see it who move from it. */
export function startFrappeSite(document: { readonly name: string }): Promise<LoopbackServer> {
  const answers: Readonly<Record<string, object>> = {
    '/api/resource/Webhook': { data: [{ name: document.name }] },
    [`/api/resource/Webhook/${document.name}`]: { data: document },
    '/api/method/frappe.client.get_password': { message: 'a secret' },
  };
  return listenOnLoopback(
    createServer((request, response) => {
      const answer = answers[new URL(request.url ?? '', 'http://site').pathname];
      response.writeHead(answer === undefined ? 404 : 200).end(JSON.stringify(answer ?? {}));
    }),
  );
}
