import type { Messages } from '../../i18n/messages.ts';

export const settingsMessages = {
  events: ['Events', 'Événements'],
  condition: ['Condition', 'Condition'],
  everyEvent: ['none: every event is sent', 'aucune : tous les événements sont envoyés'],
  format: ['Format', 'Format'],
  template: ['Template', 'Template'],
  fields: ['Fields', 'Champs'],
  signature: ['Signature', 'Signature'],
  headers: ['Headers', 'En-têtes'],
  timeout: ['Timeout', 'Timeout'],
  retry: ['On failure', 'En cas d’échec'],
  standardRetry: ['retries for three days', 'nouvelles tentatives pendant trois jours'],
  noneRetry: ['no retries', 'aucune nouvelle tentative'],
  rateLimit: ['Rate limit', 'Limite de débit'],
  perSecond: [
    { one: '{count} request per second', other: '{count} requests per second' },
    { one: '{count} requête par seconde', other: '{count} requêtes par seconde' },
  ],
  maxInFlight: ['Requests at once', 'Requêtes simultanées'],
  metadata: ['Metadata', 'Métadonnées'],
  id: ['ID', 'Identifiant'],
  created: ['Created', 'Créé'],
  changed: ['Updated', 'Modifié'],
  secret: ['Signing secret', 'Secret de signature'],
  secretLead: [
    'Receivers use it to verify that a request comes from Ancrage.',
    'Les récepteurs s’en servent pour vérifier qu’une requête vient d’Ancrage.',
  ],
  reveal: ['Reveal', 'Afficher'],
  hide: ['Hide', 'Masquer'],
  rotate: ['Rotate…', 'Renouveler…'],
  rotateTitle: ['Rotate the secret?', 'Renouveler le secret ?'],
  rotateText: [
    'Ancrage generates a new secret. For one day, requests carry the signatures of both secrets, so that receivers can switch.',
    'Ancrage génère un nouveau secret. Pendant un jour, les requêtes portent les signatures des deux secrets, le temps de basculer les récepteurs.',
  ],
  rotateAction: ['Rotate', 'Renouveler'],
  rotated: [
    'Secret rotated. Give the new secret to the receiver.',
    'Secret renouvelé. Transmettez le nouveau secret au récepteur.',
  ],
} as const satisfies Messages;
