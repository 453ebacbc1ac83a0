import type { Messages } from '../../i18n/messages.ts';

export const settingsMessages = {
  events: ['Events', 'Événements'],
  condition: ['Condition', 'Condition'],
  everyEvent: ['none: every event', 'aucune : chaque événement'],
  format: ['Format', 'Format'],
  template: ['Template', 'Modèle'],
  fields: ['Fields', 'Champs'],
  signature: ['Signature', 'Signature'],
  headers: ['Headers', 'En-têtes'],
  timeout: ['Timeout', 'Délai'],
  retry: ['When it fails', 'En cas d’échec'],
  standardRetry: ['tried again for three days', 'nouvelles tentatives pendant trois jours'],
  noneRetry: ['not tried again', 'pas de nouvelle tentative'],
  metadata: ['Metadata', 'Métadonnées'],
  id: ['Id', 'Identifiant'],
  created: ['Created', 'Créé'],
  changed: ['Changed', 'Modifié'],
  secret: ['Signing secret', 'Secret de signature'],
  secretLead: [
    'Receivers verify with it that a request is from here.',
    'Les récepteurs vérifient ainsi qu’une requête vient d’ici.',
  ],
  reveal: ['Reveal', 'Afficher'],
  hide: ['Hide', 'Masquer'],
  rotate: ['Rotate…', 'Renouveler…'],
  rotateTitle: ['Rotate the secret?', 'Renouveler le secret ?'],
  rotateText: [
    'A new secret is made. For a day, requests carry the signatures of both, so that receivers can change over.',
    'Un nouveau secret est créé. Pendant un jour, les requêtes portent les deux signatures, le temps que les récepteurs changent.',
  ],
  rotateAction: ['Rotate', 'Renouveler'],
  rotated: [
    'The secret is new. Give it to the receiver.',
    'Le secret est renouvelé. Donnez-le au récepteur.',
  ],
} as const satisfies Messages;
