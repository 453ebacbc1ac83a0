import type { Messages } from '../../i18n/messages.ts';

export const messages = {
  title: ['Subscriptions', 'Abonnements'],
  lead: [
    'Each subscription sends matching events to a URL.',
    'Chaque abonnement envoie à une URL les événements correspondants.',
  ],
  add: ['Add a subscription', 'Ajouter un abonnement'],
  search: ['Search by name, host or ID', 'Rechercher par nom, hôte ou identifiant'],
  state: ['State', 'État'],
  all: ['All states', 'Tous les états'],
  healthy: ['Healthy or not tried yet', 'Opérationnel ou pas encore essayé'],
  failing: ['Failing or slow', 'En échec ou lent'],
  paused: ['Paused or down', 'En pause ou en panne'],
  disabled: ['Disabled', 'Désactivé'],
  event: ['Event type', 'Type d’événement'],
  list: ['Subscriptions', 'Abonnements'],
  moreEvents: ['+{count}', '+{count}'],
  answered: ['answered {status}', 'a répondu {status}'],
  waiting: ['{count} queued', '{count} en file d’attente'],
  gone: ['the endpoint answered 410 Gone', 'l’endpoint a répondu 410 Gone'],
  tooLong: ['no success for five days', 'aucun succès depuis cinq jours'],
  manual: ['disabled manually', 'désactivé manuellement'],
  emptyTitle: ['No subscriptions yet', 'Aucun abonnement pour l’instant'],
  emptyText: [
    'Add the URL that should receive events, and select the event types.',
    'Ajoutez l’URL qui doit recevoir les événements, puis sélectionnez les types d’événement.',
  ],
  noneText: ['Change the search, or show all states.', 'Modifiez la recherche, ou affichez tous les états.'],
} as const satisfies Messages;
