import type { Messages } from '../i18n/messages.ts';

export const messages = {
  title: ['Sign in', 'Connexion'],
  lead: ['Set up, watch and repair webhooks.', 'Configurez, surveillez et réparez vos webhooks.'],
  key: ['API key', 'Clé d’API'],
  hint: [
    'It starts with ancrage_key_. It stays in this tab, and is gone when you close it.',
    'Elle commence par ancrage_key_. Elle reste dans cet onglet et disparaît quand vous le fermez.',
  ],
  submit: ['Sign in', 'Se connecter'],
  missing: ['Enter an API key.', 'Saisissez une clé d’API.'],
  unknown: [
    'This key is not known. Check that it is whole, or ask for another one.',
    'Cette clé est inconnue. Vérifiez qu’elle est complète, ou demandez-en une autre.',
  ],
  publishOnly: [
    'This key may only publish. The console needs one that may read.',
    'Cette clé ne permet que de publier. La console en demande une qui permet de lire.',
  ],
  unreachable: [
    'The API does not answer. Is the stack running?',
    'L’API ne répond pas. La pile est-elle démarrée ?',
  ],
  ended: [
    'Your key no longer works. Sign in with another one.',
    'Votre clé n’est plus valable. Connectez-vous avec une autre.',
  ],
  where: [
    'Locally, npm start prints a key. On AWS: npm run admin -- keys create.',
    'En local, npm start affiche une clé. Sur AWS : npm run admin -- keys create.',
  ],
} as const satisfies Messages;
