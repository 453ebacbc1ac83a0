import type { Messages } from '../../i18n/messages.ts';

export const messages = {
  title: ['Request log', 'Journal des requêtes'],
  lead: ['Every request that was made, and what was answered.', 'Chaque requête faite, et la réponse reçue.'],
  subscription: ['Subscription', 'Abonnement'],
  outcome: ['Outcome', 'Issue'],
  anyOutcome: ['Any outcome', 'Toutes les issues'],
  success: ['Succeeded', 'Réussies'],
  failure: ['Failed', 'Échouées'],
  type: ['Event type', 'Type d’événement'],
  since: ['From', 'Depuis'],
  until: ['Until', 'Jusqu’à'],
  live: ['Live', 'En direct'],
  list: ['Attempts, the newest first', 'Tentatives, de la plus récente à la plus ancienne'],
  shown: [
    { one: '{count} attempt', other: '{count} attempts' },
    { one: '{count} tentative', other: '{count} tentatives' },
  ],
  more: [', and older ones', ', et de plus anciennes'],
  attempt: ['attempt {number}', 'tentative {number}'],
  emptyTitle: ['No request yet', 'Aucune requête pour l’instant'],
  emptyText: [
    'Publish an event of a type that is ticked, or send a test.',
    'Publiez un événement d’un type coché, ou envoyez un test.',
  ],
  noneTitle: ['Nothing fits', 'Aucun résultat'],
  noneText: [
    'No loaded attempt fits these filters.',
    'Aucune tentative chargée ne correspond à ces filtres.',
  ],
  clear: ['Clear the filters', 'Effacer les filtres'],
  noSubscription: ['There is no subscription to show the log of', 'Aucun abonnement dont montrer le journal'],
  noSubscriptionNext: [
    'The log fills as requests are made. Add a subscription first.',
    'Le journal se remplit avec les requêtes. Ajoutez d’abord un abonnement.',
  ],
  add: ['Add a subscription', 'Ajouter un abonnement'],
} as const satisfies Messages;
