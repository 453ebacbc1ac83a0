import type { Messages } from '../../i18n/messages.ts';

export const messages = {
  back: ['Events', 'Événements'],
  time: ['Happened', 'Survenu'],
  accepted: ['Accepted', 'Accepté'],
  data: ['Data', 'Données'],
  actor: ['Actor', 'Auteur'],
  changes: ['Changes', 'Changements'],
  deliveries: ['Deliveries', 'Livraisons'],
  none: ['To nobody yet', 'À personne pour l’instant'],
  noneText: [
    'No subscription that is enabled wanted this event, or it is still on its way.',
    'Aucun abonnement activé n’a souhaité cet événement, ou il est encore en route.',
  ],
  resendAll: ['Send again to all', 'Renvoyer à tous'],
  resent: ['It is sent again to all who want it.', 'Renvoi en cours à tous ceux qui le souhaitent.'],
  wait: ['The event is on its way', 'L’événement est en route'],
  waitText: [
    'It is accepted and shows up here in a moment. If it does not, its id is not known.',
    'Il est accepté et apparaît ici dans un instant. Sinon, son identifiant est inconnu.',
  ],
} as const satisfies Messages;
