import type { Messages } from '../../i18n/messages.ts';

export const testMessages = {
  title: ['Send test request', 'Envoyer une requête de test'],
  lead: [
    'Sends one request to the real URL now. It appears in the request log, is not retried and does not affect the endpoint’s health.',
    'Envoie maintenant une requête à la vraie URL. Elle figure au journal, n’est pas retentée et n’affecte pas l’état de santé de l’endpoint.',
  ],
  type: ['Event type', 'Type d’événement'],
  typeHint: [
    'Leave empty to use a type that the subscription matches.',
    'Laissez vide pour utiliser un type auquel l’abonnement correspond.',
  ],
  customData: ['Send custom data', 'Envoyer des données personnalisées'],
  data: ['Data', 'Données'],
  notJson: ['Enter a JSON object.', 'Saisissez un objet JSON.'],
  send: ['Send', 'Envoyer'],
  again: ['Send again', 'Renvoyer'],
  waiting: [
    'Waiting for the response, at most 25 seconds…',
    'En attente de la réponse, 25 secondes au maximum…',
  ],
} as const satisfies Messages;
