import type { Messages } from '../../i18n/messages.ts';

export const formatMessages = {
  standard: [
    'type, timestamp and data, as Standard Webhooks has it',
    'type, timestamp et data, comme Standard Webhooks',
  ],
  data: ['the data alone', 'les données seules'],
  cloudevents: ['CloudEvents 1.0, structured', 'CloudEvents 1.0, structuré'],
  fields: ['fields that you choose, under keys of yours', 'des champs choisis, sous vos propres clés'],
  template: ['what your Jinja template renders', 'ce que produit votre modèle Jinja'],
  weavy: ['the data as result, as Weavy has it', 'les données dans result, comme Weavy'],
  hirehop: ['the envelope of HireHop', 'l’enveloppe de HireHop'],
  dokos: ['as Dokos and Frappe have it', 'comme Dokos et Frappe'],
} as const satisfies Messages;
