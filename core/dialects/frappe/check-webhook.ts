import { DOC_EVENTS, METHODS, STRUCTURES } from '../../api-schemas/frappe.ts';
import { checkCondition as checkSource } from '../../customer-code/conditions.ts';
import { checkTemplate as checkTemplateSource } from '../../customer-code/templates.ts';
import { IllegalTemplateError, TemplateError, TemplateSyntaxError } from '../../engines/template/errors.ts';
import { FrappeError, refusal } from './errors.ts';
import type { DataRow, Webhook } from './webhook.ts';

/**
 * Check a webhook by Frappe's rules, in Frappe's order and words: the DocType, without which Frappe checks nothing else, the
 * controller's own rules (`Webhook.validate`), then choices and mandatory fields.
 *
 * @throws FrappeError
 */
export function checkWebhook(webhook: Webhook, name: string | null): void {
  const { webhook_doctype, condition, request_url, webhook_json, webhook_data } = webhook;
  if (webhook_doctype === null) throw missing(name, [['webhook_doctype', 'Webhook: DocType']]);
  checkCondition(condition);
  if (!hasHost(request_url ?? '')) throw refusal('Check Request URL');
  checkTemplate(webhook_json);
  const fieldnames = webhook_data.map(({ fieldname }) => fieldname);
  if (new Set(fieldnames).size !== fieldnames.length) throw refusal('Same Field is entered more than once');
  if (webhook.enable_security === 1 && webhook.webhook_secret === null)
    throw refusal('Invalid Webhook Secret');
  checkChoice('Doc Event', webhook.webhook_docevent, DOC_EVENTS);
  checkChoice('Request Method', webhook.request_method, METHODS);
  checkChoice('Request Structure', webhook.request_structure, STRUCTURES);
  const lacking = webhook_data.flatMap(lackingOfRow);
  if (lacking.length > 0) throw missing(name, lacking);
}

/** Return the error of a check; null if it succeeds. */
function compileFault(check: () => void): TemplateError | null {
  try {
    check();
    return null;
  } catch (error) {
    if (error instanceof TemplateError) return error;
    throw error;
  }
}

function checkCondition(condition: string | null): void {
  const fault = condition === null ? null : compileFault(() => checkSource(condition));
  if (fault !== null) throw refusal(`Invalid Condition: ${fault.message}`);
}

function checkTemplate(template: string | null): void {
  const fault = template === null ? null : compileFault(() => checkTemplateSource(template));
  if (fault === null) return;
  // Frappe reports these under this name when it renders.
  if (fault instanceof IllegalTemplateError || !(fault instanceof TemplateSyntaxError))
    throw refusal(fault.message);
  throw refusal(`Syntax error in template as line ${fault.line}: ${fault.message}`);
}

/** Python's `urlparse(url).netloc`. */
const hasHost = (url: string) => /^(?:[a-z][a-z0-9+.-]*:)?\/\/[^/?#]/i.test(url);

function checkChoice(label: string, value: string, choices: readonly string[]): void {
  if (choices.includes(value)) return;
  throw refusal(`${label} cannot be "${value}". It should be one of "${choices.join('", "')}"`);
}

function lackingOfRow({ fieldname, key }: DataRow, index: number): [string, string][] {
  const of = (label: string) => `Webhook Data Row #${index + 1}: ${label}`;
  return [
    ...(fieldname === null ? [['fieldname', of('Fieldname')] as [string, string]] : []),
    ...(key === null ? [['key', of('Key')] as [string, string]] : []),
  ];
}

/** @param fields pairs of a field and the place where its value is missing */
function missing(name: string | null, fields: readonly (readonly [string, string])[]): FrappeError {
  return new FrappeError(
    'MandatoryError',
    fields.map(([, where]) => `Error: Value missing for ${where}`),
    `[Webhook, ${name ?? 'new'}]: ${fields.map(([field]) => field).join(', ')}`,
  );
}
