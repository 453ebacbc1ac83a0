import type { Messages } from '../i18n/messages.ts';

const CREATIONS = [
  'At the limit, the API answers 429 to requests that create one.',
  'Une fois la limite atteinte, l’API répond 429 à toute création.',
] as const;

export const messages = {
  reached: ['Limit reached', 'Limite atteinte'],
  near: ['Close to a limit', 'Limite bientôt atteinte'],
  all: ['Usage and limits', 'Utilisation et limites'],
  share: ['{used} of {limit}', '{used} sur {limit}'],
  events: ['Burst of events', 'Rafale d’événements'],
  bytesToday: ['Published today (UTC)', 'Publié aujourd’hui (UTC)'],
  loggedBytesToday: ['Logged in full today (UTC)', 'Journalisé en entier aujourd’hui (UTC)'],
  subscriptions: ['Subscriptions', 'Abonnements'],
  keys: ['API keys', 'Clés d’API'],
  eventTypes: ['Event types', 'Types d’événement'],
  tests: ['Open test requests', 'Requêtes de test ouvertes'],
  jobs: ['Running replays', 'Rejeux en cours'],
  eventsBeyond: [
    'The API answers 429 to a request that publishes more events than are left. They come back at {perSecond} per second. Events from the queue wait.',
    'L’API répond 429 à une requête qui publie plus d’événements qu’il n’en reste. La réserve se reconstitue au rythme de {perSecond} par seconde. Les événements de la file attendent.',
  ],
  bytesTodayBeyond: [
    'At the limit, the API answers 429 to published events until {midnight}. Events from the queue wait.',
    'Une fois la limite atteinte, l’API répond 429 à toute publication jusqu’au {midnight}. Les événements de la file attendent.',
  ],
  loggedBytesTodayBeyond: [
    'At the limit, the log keeps only 1 kB of each attempt until {midnight}.',
    'Une fois la limite atteinte, le journal ne garde que 1 ko de chaque tentative jusqu’au {midnight}.',
  ],
  subscriptionsBeyond: CREATIONS,
  keysBeyond: CREATIONS,
  eventTypesBeyond: CREATIONS,
  testsBeyond: [
    'At the limit, the API answers 429 to test requests.',
    'Une fois la limite atteinte, l’API répond 429 aux requêtes de test.',
  ],
  jobsBeyond: [
    'At the limit, the API answers 429 to new replays.',
    'Une fois la limite atteinte, l’API répond 429 aux nouveaux rejeux.',
  ],
} as const satisfies Messages;
