import type { Messages } from '../../i18n/messages.ts';

/** By the names in the contract. A name without a text is shown as it is. */
export const formatMessages = {
  standard: [
    'type, timestamp and data, as in Standard Webhooks',
    'type, timestamp et data, selon Standard Webhooks',
  ],
  data: ['only the event data', 'seulement les données de l’événement'],
  cloudevents: ['CloudEvents 1.0, structured mode', 'CloudEvents 1.0, mode structuré'],
  fields: ['fields that you select, under your own keys', 'des champs de votre choix, sous vos propres clés'],
  template: ['JSON rendered by your Jinja template', 'du JSON produit par votre template Jinja'],
  weavy: ['event data under result, as in Weavy', 'les données sous result, comme Weavy'],
  hirehop: ['the HireHop envelope', 'l’enveloppe de HireHop'],
} as const satisfies Messages;

export const signatureMessages = {
  standard: ['Standard Webhooks (webhook-signature)', 'Standard Webhooks (webhook-signature)'],
  stripe: ['Stripe (Stripe-Signature)', 'Stripe (Stripe-Signature)'],
  github: ['GitHub (X-Hub-Signature-256)', 'GitHub (X-Hub-Signature-256)'],
  frappe: ['Frappe (X-Frappe-Webhook-Signature)', 'Frappe (X-Frappe-Webhook-Signature)'],
  none: ['None', 'Aucune'],
} as const satisfies Messages;
