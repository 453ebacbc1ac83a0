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
  live: ['Live', 'En direct'],
  list: ['Attempts, newest first', 'Tentatives, de la plus récente à la plus ancienne'],
  shown: [
    { one: '{count} attempt', other: '{count} attempts' },
    { one: '{count} tentative', other: '{count} tentatives' },
  ],
  more: [', more below', ', la suite plus bas'],
  attempt: ['attempt {number}', 'tentative {number}'],
  test: ['test', 'test'],
  select: ['Select attempt {number} of {id}', 'Sélectionner la tentative {number} de {id}'],
  selection: ['Selected deliveries', 'Livraisons sélectionnées'],
  selected: [
    { one: '{count} delivery selected', other: '{count} deliveries selected' },
    { one: '{count} livraison sélectionnée', other: '{count} livraisons sélectionnées' },
  ],
  tooMany: ['At most {count} deliveries at once.', '{count} livraisons au plus à la fois.'],
  resendThese: ['Resend these', 'Renvoyer celles-ci'],
  clearSelection: ['Clear selection', 'Effacer la sélection'],
  resent: [
    { one: '{count} delivery is being made again.', other: '{count} deliveries are being made again.' },
    { one: '{count} livraison repart.', other: '{count} livraisons repartent.' },
  ],
  emptyTitle: ['No requests yet', 'Aucune requête pour l’instant'],
  emptyText: [
    'Publish an event of a selected type, or send a test request.',
    'Publiez un événement d’un type sélectionné, ou envoyez une requête de test.',
  ],
  noneTitle: ['No matches', 'Aucun résultat'],
  noneYet: ['No matches so far', 'Aucun résultat pour l’instant'],
  noneText: ['No attempt matches these filters.', 'Aucune tentative ne correspond à ces filtres.'],
  clear: ['Clear filters', 'Effacer les filtres'],
  noSubscription: ['No subscriptions yet', 'Aucun abonnement pour l’instant'],
  noSubscriptionNext: [
    'The log shows the requests of one subscription. Add a subscription first.',
    'Le journal montre les requêtes d’un abonnement. Ajoutez d’abord un abonnement.',
  ],
  add: ['Add a subscription', 'Ajouter un abonnement'],
} as const satisfies Messages;
