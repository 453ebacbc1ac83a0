import type { Messages } from '../../i18n/messages.ts';

export const messages = {
  back: ['Events', 'Événements'],
  time: ['Occurred', 'Survenu'],
  accepted: ['Accepted', 'Accepté'],
  erased: ['Data erased', 'Données effacées'],
  orderingKey: ['Ordering key', 'Clé d’ordre'],
  traceId: ['Trace', 'Trace'],
  data: ['Data', 'Données'],
  actor: ['Actor', 'Auteur'],
  changes: ['Changes', 'Modifications'],
  deliveries: ['Deliveries', 'Livraisons'],
  none: ['No deliveries yet', 'Aucune livraison pour l’instant'],
  noneText: [
    'No enabled subscription matches this event, or the event is still being processed.',
    'Aucun abonnement activé ne correspond à cet événement, ou l’événement est encore en cours de traitement.',
  ],
  resendAll: ['Resend to all', 'Renvoyer à tous'],
  resent: [
    'Resending to every matching subscription.',
    'Renvoi en cours à tous les abonnements correspondants.',
  ],
  notFound: ['No event with this ID yet', 'Aucun événement avec cet identifiant pour l’instant'],
  notFoundText: [
    'A newly accepted event appears here in a moment. If it does not, check the ID.',
    'Un événement qui vient d’être accepté apparaît ici dans un instant. Sinon, vérifiez l’identifiant.',
  ],
} as const satisfies Messages;
