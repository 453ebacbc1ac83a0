import type { Messages } from '../../i18n/messages.ts';

export const healthMessages = {
  untriedTitle: ['No delivery was attempted yet', 'Aucune livraison n’a encore été tentée'],
  untriedText: [
    'Whether the endpoint works is not known. Send a test request, or wait for the first event.',
    'On ne sait pas encore si l’endpoint fonctionne. Envoyez une requête de test, ou attendez le premier événement.',
  ],
  goneTitle: ['Disabled: the endpoint answered 410 Gone', 'Désactivé : l’endpoint a répondu 410 Gone'],
  longTitle: ['Disabled: no success for five days', 'Désactivé : aucun succès depuis cinq jours'],
  offTitle: ['Disabled manually', 'Désactivé manuellement'],
  offText: [
    'The subscription receives no events. Enable it once the endpoint is ready.',
    'L’abonnement ne reçoit aucun événement. Activez-le dès que l’endpoint est prêt.',
  ],
  pausedTitle: ['Paused manually', 'Mis en pause manuellement'],
  pausedText: [
    'Nothing is sent. Deliveries wait until you resume the subscription.',
    'Rien n’est envoyé. Les livraisons attendent la reprise.',
  ],
  downTitle: ['Paused: {failure}', 'En pause : {failure}'],
  downUnknown: ['the endpoint is down', 'l’endpoint est en panne'],
  downText: [
    'Every request fails. Deliveries wait, and Ancrage tries one from time to time. Once the endpoint accepts it, the others are sent.',
    'Toutes les requêtes échouent. Les livraisons attendent et Ancrage en tente une de temps en temps. Dès que l’endpoint l’accepte, les autres partent.',
  ],
  recoveringTitle: ['The endpoint works again', 'L’endpoint fonctionne à nouveau'],
  recoveringText: [
    'The queued deliveries are being sent, faster and faster as long as the endpoint keeps up.',
    'Les livraisons en file d’attente partent, de plus en plus vite tant que l’endpoint suit.',
  ],
  busyTitle: ['The endpoint limits the rate of requests', 'L’endpoint limite le débit des requêtes'],
  busyText: [
    'It answered 429, so deliveries are sent at the rate that it accepts. These answers do not use up retries.',
    'Il a répondu 429 : les livraisons partent au débit qu’il accepte. Ces réponses ne consomment pas de nouvelle tentative.',
  ],
  slowTitle: ['The endpoint is slow', 'L’endpoint est lent'],
  slowText: [
    'Half of its responses take more than two seconds, so deliveries wait for their turn.',
    'La moitié de ses réponses prennent plus de deux secondes : les livraisons attendent leur tour.',
  ],
  failingTitle: ['Many requests fail: {failure}', 'Beaucoup de requêtes échouent : {failure}'],
  erringTitle: ['The last request failed: {failure}', 'La dernière requête a échoué : {failure}'],
  repairText: [
    'Check the responses below, fix the endpoint and send a test request. You can then replay failed deliveries.',
    'Consultez les réponses ci-dessous, corrigez l’endpoint, puis envoyez une requête de test. Vous pourrez ensuite rejouer les livraisons échouées.',
  ],
  since: ['In this state', 'Dans cet état'],
  held: ['Queued', 'En file d’attente'],
  heldCount: [
    { one: '{count} delivery', other: '{count} deliveries' },
    { one: '{count} livraison', other: '{count} livraisons' },
  ],
  heldMany: ['more than {count} deliveries', 'plus de {count} livraisons'],
  nextTry: ['Next try', 'Prochain essai'],
  nowTrying: ['being tried now', 'essai en cours'],
  withNextEvent: ['with the next event', 'au prochain événement'],
  pace: ['Pace', 'Rythme'],
  window: [
    { one: '{count} request at once', other: '{count} requests at once' },
    { one: '{count} requête à la fois', other: '{count} requêtes à la fois' },
  ],
  perSecond: ['{rate} per second', '{rate} par seconde'],
  lastSuccess: ['Last success', 'Dernier succès'],
  lastFailure: ['Last failure', 'Dernier échec'],
} as const satisfies Messages;
