import type { Messages } from '../../i18n/messages.ts';

/** Texts by keyword of the contract's schema. A key with a setting's name before the keyword is for that setting only. */
export const faultMessages = {
  'url.format': [
    'Enter a complete URL, for example https://example.com/hook.',
    'Saisissez une URL complète, par exemple https://example.com/hook.',
  ],
  'events.minItems': ['Select at least one event type.', 'Sélectionnez au moins un type d’événement.'],
  'events.pattern': [
    'Enter an event type, a prefix followed by .*, or * alone.',
    'Saisissez un type d’événement, un préfixe suivi de .*, ou * seul.',
  ],
  'headers.pattern': [
    'A header contains characters that HTTP does not allow.',
    'Un en-tête contient des caractères interdits en HTTP.',
  ],
  'retry.type': ['Enter seconds, separated by commas.', 'Saisissez des secondes, séparées par des virgules.'],
  'retry.minItems': ['Enter at least one wait in seconds.', 'Saisissez au moins un délai en secondes.'],
  again: [
    'The URL changes: enter the values of {bound} again.',
    'L’URL change : saisissez à nouveau les valeurs de {bound}.',
  ],
  required: ['This field is required.', 'Ce champ est obligatoire.'],
  minLength: ['This field is required.', 'Ce champ est obligatoire.'],
  maxLength: ['Enter at most {bound} characters.', 'Saisissez au plus {bound} caractères.'],
  minimum: ['Enter {bound} or more.', 'Saisissez {bound} ou plus.'],
  maximum: ['Enter {bound} or less.', 'Saisissez {bound} ou moins.'],
  minItems: ['Enter {bound} or more.', 'Saisissez-en {bound} ou plus.'],
  maxItems: ['Enter {bound} or fewer.', 'Saisissez-en {bound} ou moins.'],
  type: ['This value is not valid.', 'Cette valeur n’est pas valide.'],
  other: ['This value is not valid.', 'Cette valeur n’est pas valide.'],
} as const satisfies Messages;
