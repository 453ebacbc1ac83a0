import type { Messages } from '../../i18n/messages.ts';

export const testMessages = {
  title: ['Send a test', 'Envoyer un test'],
  lead: [
    'One request now, to the real URL. It is in the request log, is not tried again, and does not count against the endpoint.',
    'Une requête maintenant, vers la vraie URL. Elle figure au journal, n’est pas retentée et ne compte pas contre le point d’accès.',
  ],
  type: ['Event type', 'Type d’événement'],
  typeHint: ['Empty: one that the subscription wants.', 'Vide : un type que l’abonnement souhaite.'],
  own: ['Send data of my own', 'Envoyer mes propres données'],
  data: ['Data', 'Données'],
  notJson: ['This is not a JSON object.', 'Ce n’est pas un objet JSON.'],
  send: ['Send the test', 'Envoyer le test'],
  again: ['Send another', 'Envoyer à nouveau'],
  waiting: ['Waiting for the answer, at most 25 seconds…', 'En attente de la réponse, 25 secondes au plus…'],
} as const satisfies Messages;
