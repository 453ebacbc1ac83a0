import type { Messages } from '../../i18n/messages.ts';

export const messages = {
  back: ['Subscriptions', 'Abonnements'],
  parts: ['Subscription sections', 'Sections de l’abonnement'],
  log: ['Request log', 'Journal des requêtes'],
  queued: ['Queued', 'En file d’attente'],
  settings: ['Settings', 'Réglages'],
  test: ['Send test request', 'Envoyer un test'],
  edit: ['Edit', 'Modifier'],
  enable: ['Enable', 'Activer'],
  disable: ['Disable', 'Désactiver'],
  enabled: [
    'Subscription enabled. It receives events published from now on.',
    'Abonnement activé. Il reçoit les événements publiés à partir de maintenant.',
  ],
  disabled: [
    'Subscription disabled. It receives no events.',
    'Abonnement désactivé. Il ne reçoit plus d’événements.',
  ],
  pause: ['Pause', 'Mettre en pause'],
  resume: ['Resume', 'Reprendre'],
  sendNow: ['Send now', 'Envoyer maintenant'],
  paused: [
    'Subscription paused. Deliveries wait until you resume it.',
    'Abonnement en pause. Les livraisons attendent la reprise.',
  ],
  resumed: [
    'Subscription resumed. The queued deliveries are being sent.',
    'Envoi repris. Les livraisons en file d’attente partent.',
  ],
  sending: [
    'The queued deliveries are being sent, as fast as the endpoint can take them.',
    'Les livraisons en file d’attente partent, au rythme que l’endpoint peut suivre.',
  ],
  more: ['More', 'Plus'],
  remove: ['Delete', 'Supprimer'],
  removeTitle: ['Delete this subscription?', 'Supprimer cet abonnement ?'],
  removeText: [
    '{name} receives no more events, and its queued deliveries are never sent. This cannot be undone. To stop it for a while, pause it instead.',
    '{name} ne recevra plus d’événements et ses livraisons en file d’attente ne seront jamais envoyées. Cette action est irréversible. Pour l’arrêter un moment, mettez-le en pause.',
  ],
  removed: ['Subscription deleted.', 'Abonnement supprimé.'],
  replay: ['Replay…', 'Rejouer…'],
  successRate: ['Success rate', 'Taux de réussite'],
  median: ['Median', 'Médiane'],
  p95: ['p95', 'p95'],
  counted: ['Attempts', 'Tentatives'],
  oldest: ['oldest', 'la plus ancienne'],
  noAttempts: ['none yet', 'aucune pour l’instant'],
  queuedList: ['Queued deliveries', 'Livraisons en file d’attente'],
  queuedLead: [
    'Deliveries waiting for their next attempt, for their turn or for the endpoint; the next one due comes first.',
    'Livraisons qui attendent leur prochaine tentative, leur tour ou l’endpoint ; la prochaine à partir est en tête.',
  ],
  event: ['Event', 'Événement'],
  nextAttempt: ['Next attempt', 'Prochaine tentative'],
  due: ['Due', 'Prévue'],
  nothingQueued: ['Nothing queued', 'Rien en file d’attente'],
  nothingQueuedText: [
    'Every delivery has been attempted, and no retry is due. The request log shows the results.',
    'Toutes les livraisons ont été tentées et aucune nouvelle tentative n’est prévue. Le journal des requêtes montre les résultats.',
  ],
} as const satisfies Messages;
