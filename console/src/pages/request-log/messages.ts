import type { Messages } from '../../i18n/messages.ts';

export const messages = {
  title: ['Request log', 'Journal des requêtes'],
  lead: ['The requests sent, with their responses.', 'Les requêtes envoyées, avec leurs réponses.'],
  mayLag: [
    'Attempts may appear here with a delay and, in rare cases, not at all.',
    'Les tentatives peuvent apparaître ici avec retard et, dans de rares cas, manquer.',
  ],
  complete: [
    'The log on the page of each subscription is complete.',
    'Le journal de la page de chaque abonnement est complet.',
  ],
  toComplete: ['Open the complete log of this subscription.', 'Ouvrir le journal complet de cet abonnement.'],
  subscription: ['Subscription', 'Abonnement'],
  allSubscriptions: ['All subscriptions', 'Tous les abonnements'],
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
  select: ['Select attempt {number} of {id}', 'Sélectionner la tentative {number} de {id}'],
  selection: ['Selected deliveries', 'Livraisons sélectionnées'],
  selected: [
    { one: '{count} delivery selected', other: '{count} deliveries selected' },
    { one: '{count} livraison sélectionnée', other: '{count} livraisons sélectionnées' },
  ],
  tooMany: ['At most {count} deliveries at once.', '{count} livraisons au plus à la fois.'],
  resendThese: ['Resend these', 'Renvoyer ces livraisons'],
  clearSelection: ['Clear selection', 'Effacer la sélection'],
  resent: [
    { one: 'Resending {count} delivery.', other: 'Resending {count} deliveries.' },
    { one: 'Renvoi de {count} livraison en cours.', other: 'Renvoi de {count} livraisons en cours.' },
  ],
  emptyTitle: ['No requests yet', 'Aucune requête pour l’instant'],
  emptyText: [
    'Publish an event of a selected type, or send a test request.',
    'Publiez un événement d’un type sélectionné, ou envoyez une requête de test.',
  ],
  noneTitle: ['No matches', 'Aucun résultat'],
  noneYet: ['No matches so far', 'Aucun résultat pour l’instant'],
  noneText: ['No attempt matches these filters.', 'Aucune tentative ne correspond à ces filtres.'],
} as const satisfies Messages;
