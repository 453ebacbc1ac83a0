import type { Messages } from '../i18n/messages.ts';

export const messages = {
  title: ['Sign in', 'Connexion'],
  lead: ['Set up, monitor and repair webhooks.', 'Configurez, surveillez et réparez vos webhooks.'],
  key: ['API key', 'Clé d’API'],
  hint: [
    'Starts with ancrage_key_. This tab keeps it until you close it.',
    'Commence par ancrage_key_. Cet onglet la conserve jusqu’à sa fermeture.',
  ],
  submit: ['Sign in', 'Se connecter'],
  missing: ['Enter an API key.', 'Saisissez une clé d’API.'],
  unknown: [
    'Unknown key. Check that it is complete, or ask for another one.',
    'Clé inconnue. Vérifiez qu’elle est complète, ou demandez-en une autre.',
  ],
  publishOnly: [
    'This key can only publish. The console needs a key that can read.',
    'Cette clé ne permet que de publier. La console nécessite une clé avec droit de lecture.',
  ],
  unreachable: [
    'The API does not respond. Is the stack running?',
    'L’API ne répond pas. La stack est-elle démarrée ?',
  ],
  ended: [
    'Your key is no longer valid. Sign in with another one.',
    'Votre clé n’est plus valide. Connectez-vous avec une autre.',
  ],
  where: [
    'On a local stack, npm start prints a key. On AWS, run npm run admin -- keys create.',
    'En local, npm start affiche une clé. Sur AWS, lancez npm run admin -- keys create.',
  ],
} as const satisfies Messages;
