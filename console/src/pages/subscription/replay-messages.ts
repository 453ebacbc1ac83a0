import type { Messages } from '../../i18n/messages.ts';

export const replayMessages = {
  title: ['Replay deliveries', 'Rejouer des livraisons'],
  lead: [
    'Resends events accepted in this period, at most ten per second.',
    'Renvoie les événements acceptés pendant cette période, dix par seconde au maximum.',
  ],
  since: ['From', 'Du'],
  until: ['To', 'Au'],
  untilHint: [
    'Leave empty to include events until now.',
    'Laissez vide pour inclure les événements jusqu’à maintenant.',
  ],
  only: ['Deliveries', 'Livraisons'],
  failed: ['Failed: ended without success', 'Échouées : terminées sans succès'],
  missing: [
    'Missing: matching events that were never sent',
    'Manquantes : événements correspondants jamais envoyés',
  ],
  all: ['All', 'Toutes'],
  start: ['Replay', 'Rejouer'],
  needsSince: ['Enter a start time.', 'Indiquez une date de début.'],
  progress: ['Replay', 'Rejeu'],
  running: ['{done} of {total} resent', '{done} sur {total} renvoyées'],
  done: [
    {
      one: 'Replay finished: {count} delivery resent.',
      other: 'Replay finished: {count} deliveries resent.',
    },
    {
      one: 'Rejeu terminé : {count} livraison renvoyée.',
      other: 'Rejeu terminé : {count} livraisons renvoyées.',
    },
  ],
  nothing: ['Replay finished: no deliveries matched.', 'Rejeu terminé : aucune livraison correspondante.'],
  cancelled: [
    'Replay cancelled: the subscription was disabled.',
    'Rejeu annulé : l’abonnement a été désactivé.',
  ],
  dismiss: ['Dismiss', 'Masquer'],
} as const satisfies Messages;
