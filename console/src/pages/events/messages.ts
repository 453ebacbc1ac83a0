import type { Messages } from '../../i18n/messages.ts';

export const messages = {
  title: ['Events', 'Événements'],
  lead: ['Published events, newest first.', 'Les événements publiés, du plus récent au plus ancien.'],
  publish: ['Publish an event', 'Publier un événement'],
  type: ['Event type', 'Type d’événement'],
  list: ['Events', 'Événements'],
  emptyTitle: ['No events yet', 'Aucun événement pour l’instant'],
  emptyText: [
    'Publish a test event here, over HTTPS or through the queue. It appears a moment later.',
    'Publiez un événement de test ici, par HTTPS ou par la file. Il apparaît un instant plus tard.',
  ],
  noneText: ['No event matches these filters.', 'Aucun événement ne correspond à ces filtres.'],
  data: ['Data', 'Données'],
  typeNeeded: ['Enter an event type.', 'Saisissez un type d’événement.'],
  notJson: ['Enter a JSON object.', 'Saisissez un objet JSON.'],
  sample: ['Use the sample', 'Utiliser l’exemple'],
  submit: ['Publish', 'Publier'],
  publishLead: [
    'This is a real event: every matching subscription receives it.',
    'C’est un véritable événement : tous les abonnements correspondants le reçoivent.',
  ],
  published: [
    'Event published. Delivery starts in a moment.',
    'Événement publié. La livraison commence dans un instant.',
  ],
} as const satisfies Messages;
