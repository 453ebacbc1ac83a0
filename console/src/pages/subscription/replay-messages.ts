import type { Messages } from '../../i18n/messages.ts';

export const replayMessages = {
  title: ['Replay deliveries', 'Rejouer des livraisons'],
  lead: [
    'Resends events accepted in this period, as fast as the endpoint can take them.',
    'Renvoie les événements acceptés pendant cette période, au rythme que l’endpoint peut suivre.',
  ],
  accepted: ['Events accepted', 'Événements acceptés'],
  untilHint: [
    'Leave the end open to include events until now.',
    'Laissez la fin ouverte pour inclure les événements jusqu’à maintenant.',
  ],
  only: ['Deliveries', 'Livraisons'],
  failed: [
    'Failed: the last attempt failed, even if a retry follows',
    'Échouées : la dernière tentative a échoué, même si une autre suit',
  ],
  missing: [
    'Missing: matching events that were never sent',
    'Manquantes : événements correspondants jamais envoyés',
  ],
  all: ['All', 'Toutes'],
  start: ['Replay', 'Rejouer'],
  needsSince: ['Enter a start time.', 'Indiquez une date de début.'],
  progress: ['Replay', 'Rejeu'],
  started: ['Replay running: {done} resent so far', 'Rejeu en cours : {done} renvoyées jusqu’ici'],
  running: [
    'Replay running: {done} of about {total} resent,',
    'Rejeu en cours : {done} sur environ {total} renvoyées,',
  ],
  endsAt: ['ends', 'fin'],
  cancel: ['Cancel replay', 'Annuler le rejeu'],
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
    {
      one: 'Replay cancelled: {count} delivery had been resent.',
      other: 'Replay cancelled: {count} deliveries had been resent.',
    },
    {
      one: 'Rejeu annulé : {count} livraison avait été renvoyée.',
      other: 'Rejeu annulé : {count} livraisons avaient été renvoyées.',
    },
  ],
  dismiss: ['Dismiss', 'Masquer'],
} as const satisfies Messages;
