import type { Messages } from '../../i18n/messages.ts';

/** What a keyword of the contract's schema means; with a setting's name before it, what it means there. */
export const faultMessages = {
  'url.format': [
    'Enter a whole URL, such as https://example.com/hook.',
    'Saisissez une URL complète, comme https://example.com/hook.',
  ],
  'events.minItems': ['Tick at least one event.', 'Cochez au moins un événement.'],
  'events.pattern': [
    'An event type, a prefix with .* at its end, or * alone.',
    'Un type d’événement, un préfixe terminé par .*, ou * seul.',
  ],
  'headers.pattern': [
    'A header has characters that HTTP does not allow.',
    'Un en-tête contient des caractères qu’HTTP interdit.',
  ],
  'retry.type': ['Seconds, separated by commas.', 'Des secondes, séparées par des virgules.'],
  'retry.minItems': ['Enter at least one wait in seconds.', 'Saisissez au moins une attente en secondes.'],
  required: ['This is needed.', 'Ce champ est requis.'],
  minLength: ['This is needed.', 'Ce champ est requis.'],
  maxLength: ['At most {bound} characters.', 'Au plus {bound} caractères.'],
  minimum: ['At least {bound}.', 'Au moins {bound}.'],
  maximum: ['At most {bound}.', 'Au plus {bound}.'],
  minItems: ['At least {bound}.', 'Au moins {bound}.'],
  maxItems: ['At most {bound}.', 'Au plus {bound}.'],
  type: ['This is not a value that fits here.', 'Cette valeur ne convient pas ici.'],
  other: ['This is not a value that fits here.', 'Cette valeur ne convient pas ici.'],
} as const satisfies Messages;
