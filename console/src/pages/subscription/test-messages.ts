import type { Messages } from '../../i18n/messages.ts';

export const testMessages = {
  title: ['Send test request', 'Envoyer une requête de test'],
  lead: [
    'Sends one request to the real URL now, with the header ancrage-test. It appears in the request log, is not retried and does not affect the endpoint’s health.',
    'Envoie maintenant une requête à la vraie URL, avec l’en-tête ancrage-test. Elle figure au journal, n’est pas retentée et n’affecte pas l’état de santé de l’endpoint.',
  ],
  content: ['Content', 'Contenu'],
  sample: ['A sample', 'Un exemple'],
  custom: ['Custom data', 'Données personnalisées'],
  published: ['A published event', 'Un événement publié'],
  event: ['Event', 'Événement'],
  eventHint: [
    'The endpoint gets its real data. It is sent only if the condition holds.',
    'L’endpoint reçoit ses vraies données. L’envoi n’a lieu que si la condition est vraie.',
  ],
  chooseEvent: ['Choose an event…', 'Choisissez un événement…'],
  type: ['Event type', 'Type d’événement'],
  typeHint: [
    'Leave empty to use a type that the subscription matches.',
    'Laissez vide pour utiliser un type auquel l’abonnement correspond.',
  ],
  data: ['Data', 'Données'],
  notJson: ['Enter a JSON object.', 'Saisissez un objet JSON.'],
  send: ['Send', 'Envoyer'],
  again: ['Send again', 'Renvoyer'],
  waiting: [
    'Waiting for the response, at most 25 seconds…',
    'En attente de la réponse, 25 secondes au maximum…',
  ],
} as const satisfies Messages;
