import type { Messages } from '../../i18n/messages.ts';

export const messages = {
  title: ['Events', 'Événements'],
  lead: ['What was published, the newest first.', 'Ce qui a été publié, du plus récent au plus ancien.'],
  publish: ['Publish an event', 'Publier un événement'],
  type: ['Event type', 'Type d’événement'],
  since: ['From', 'Depuis'],
  until: ['Until', 'Jusqu’à'],
  list: ['Events', 'Événements'],
  emptyTitle: ['No event yet', 'Aucun événement pour l’instant'],
  emptyText: [
    'Publish a test event here, over HTTPS or by the queue. It appears a moment later.',
    'Publiez ici un événement d’essai, par HTTPS ou par la file. Il apparaît un instant après.',
  ],
  noneTitle: ['Nothing fits', 'Aucun résultat'],
  noneText: ['No event of this type in this time.', 'Aucun événement de ce type sur cette période.'],
  clear: ['Clear the filters', 'Effacer les filtres'],
  data: ['Data', 'Données'],
  typeNeeded: ['Enter an event type.', 'Saisissez un type d’événement.'],
  notJson: ['This is not a JSON object.', 'Ce n’est pas un objet JSON.'],
  sample: ['Fill in the sample', 'Reprendre l’exemple'],
  submit: ['Publish', 'Publier'],
  publishLead: [
    'It is a real event: every subscription that wants it gets it.',
    'C’est un vrai événement : chaque abonnement qui le souhaite le reçoit.',
  ],
  published: ['Published. It is delivered in a moment.', 'Publié. La livraison suit dans un instant.'],
} as const satisfies Messages;
