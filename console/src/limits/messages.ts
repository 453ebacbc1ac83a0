import type { Messages } from '../i18n/messages.ts';

const CREATIONS = [
  'Beyond the limit, creations are refused with 429.',
  'Au-delà de la limite, les créations sont refusées avec 429.',
] as const;

export const messages = {
  reached: ['Limit reached', 'Limite atteinte'],
  near: ['Close to a limit', 'Proche d’une limite'],
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
    'A request over HTTPS that publishes more events than are left is refused with 429 until enough are back, at {perSecond} per second. Events from the queue wait.',
    'Une requête HTTPS qui publie plus d’événements qu’il n’en reste est refusée avec 429 jusqu’à ce qu’il y en ait assez, au rythme de {perSecond} par seconde. Les événements de la file attendent.',
  ],
  bytesTodayBeyond: [
    'Beyond the limit, publishing over HTTPS is refused with 429 until {midnight}. Events from the queue wait.',
    'Au-delà de la limite, la publication par HTTPS est refusée avec 429 jusqu’au {midnight}. Les événements de la file attendent.',
  ],
  loggedBytesTodayBeyond: [
    'Beyond the limit, the log keeps 1 kB of each attempt until {midnight}.',
    'Au-delà de la limite, le journal garde 1 ko de chaque tentative jusqu’au {midnight}.',
  ],
  subscriptionsBeyond: CREATIONS,
  keysBeyond: CREATIONS,
  eventTypesBeyond: CREATIONS,
  testsBeyond: [
    'Beyond the limit, test requests are refused with 429.',
    'Au-delà de la limite, les requêtes de test sont refusées avec 429.',
  ],
  jobsBeyond: [
    'Beyond the limit, new replays are refused with 429.',
    'Au-delà de la limite, les nouveaux rejeux sont refusés avec 429.',
  ],
} as const satisfies Messages;
