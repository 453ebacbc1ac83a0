import type { Messages } from '../../i18n/messages.ts';

export const replayMessages = {
  title: ['Replay deliveries', 'Rejouer des livraisons'],
  lead: [
    'Sends again what was accepted in this time, at most ten a second.',
    'Renvoie ce qui a été accepté pendant cette période, dix par seconde au plus.',
  ],
  since: ['From', 'Depuis'],
  until: ['Until', 'Jusqu’à'],
  untilHint: ['Empty: until now.', 'Vide : jusqu’à maintenant.'],
  only: ['Which', 'Lesquelles'],
  failed: ['Failed: those that ended without success', 'Échouées : celles qui ont fini sans succès'],
  missing: [
    'Missing: events that fit and were never sent',
    'Manquantes : les événements qui conviennent et n’ont jamais été envoyés',
  ],
  all: ['All of them', 'Toutes'],
  start: ['Replay', 'Rejouer'],
  needsSince: ['Say from when.', 'Indiquez depuis quand.'],
  progress: ['Replay', 'Rejeu'],
  running: ['{done} of {total} sent again', '{done} sur {total} renvoyées'],
  done: [
    {
      one: 'Replay finished: {count} delivery was sent again.',
      other: 'Replay finished: {count} deliveries were sent again.',
    },
    {
      one: 'Rejeu terminé : {count} livraison renvoyée.',
      other: 'Rejeu terminé : {count} livraisons renvoyées.',
    },
  ],
  nothing: [
    'Replay finished: nothing in this time fits.',
    'Rejeu terminé : rien ne correspond sur cette période.',
  ],
  cancelled: [
    'The replay was cancelled: the subscription was disabled.',
    'Le rejeu est annulé : l’abonnement a été désactivé.',
  ],
  dismiss: ['Dismiss', 'Masquer'],
} as const satisfies Messages;
