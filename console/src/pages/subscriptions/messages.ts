import type { Messages } from '../../i18n/messages.ts';

export const messages = {
  title: ['Subscriptions', 'Abonnements'],
  lead: [
    'Each one sends the events that it wants to a URL.',
    'Chacun envoie à une URL les événements qu’il souhaite.',
  ],
  add: ['Add a subscription', 'Ajouter un abonnement'],
  search: ['Search by name, URL or id', 'Chercher un nom, une URL ou un identifiant'],
  state: ['State', 'État'],
  all: ['All states', 'Tous les états'],
  healthy: ['Healthy', 'En forme'],
  failing: ['Failing', 'En échec'],
  open: ['Not answering', 'Ne répond plus'],
  disabled: ['Disabled', 'Désactivé'],
  event: ['Wants the event type', 'Souhaite le type d’événement'],
  list: ['Subscriptions', 'Abonnements'],
  moreEvents: ['+{count}', '+{count}'],
  failures: [
    { one: '{count} failure in a row', other: '{count} failures in a row' },
    { one: '{count} échec de suite', other: '{count} échecs de suite' },
  ],
  gone: ['It answered 410 Gone', 'Il a répondu 410 Gone'],
  tooLong: ['Five days without a success', 'Cinq jours sans succès'],
  manual: ['Turned off by hand', 'Désactivé à la main'],
  emptyTitle: ['No subscription yet', 'Aucun abonnement pour l’instant'],
  emptyText: [
    'Add the URL that should hear of your events, and tick which ones.',
    'Ajoutez l’URL à prévenir de vos événements, et cochez lesquels.',
  ],
  noneTitle: ['Nothing fits', 'Aucun résultat'],
  noneText: [
    'Search for something else, or show all states.',
    'Cherchez autre chose, ou affichez tous les états.',
  ],
  clear: ['Clear the filters', 'Effacer les filtres'],
} as const satisfies Messages;
