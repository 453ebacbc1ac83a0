import type { Messages } from '../../i18n/messages.ts';

export const messages = {
  title: ['Request log', 'Journal des requêtes'],
  lead: ['Every request sent, with its response.', 'Toutes les requêtes envoyées, avec leur réponse.'],
  subscription: ['Subscription', 'Abonnement'],
  outcome: ['Outcome', 'Résultat'],
  anyOutcome: ['All outcomes', 'Tous les résultats'],
  success: ['Succeeded', 'Réussies'],
  failure: ['Failed', 'Échouées'],
  type: ['Event type', 'Type d’événement'],
  since: ['From', 'Du'],
  until: ['To', 'Au'],
  live: ['Live', 'En direct'],
  list: ['Attempts, newest first', 'Tentatives, de la plus récente à la plus ancienne'],
  shown: [
    { one: '{count} attempt', other: '{count} attempts' },
    { one: '{count} tentative', other: '{count} tentatives' },
  ],
  more: [', more below', ', la suite plus bas'],
  attempt: ['attempt {number}', 'tentative {number}'],
  test: ['test', 'test'],
  emptyTitle: ['No requests yet', 'Aucune requête pour l’instant'],
  emptyText: [
    'Publish an event of a selected type, or send a test request.',
    'Publiez un événement d’un type sélectionné, ou envoyez une requête de test.',
  ],
  noneTitle: ['No matches', 'Aucun résultat'],
  noneText: ['No attempt matches these filters.', 'Aucune tentative ne correspond à ces filtres.'],
  clear: ['Clear filters', 'Effacer les filtres'],
  noSubscription: ['No subscriptions yet', 'Aucun abonnement pour l’instant'],
  noSubscriptionNext: [
    'The log shows the requests of one subscription. Add a subscription first.',
    'Le journal montre les requêtes d’un abonnement. Ajoutez d’abord un abonnement.',
  ],
  add: ['Add a subscription', 'Ajouter un abonnement'],
} as const satisfies Messages;
