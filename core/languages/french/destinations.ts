/** Why a hook URL is refused, when it is saved or when a request is made. */
export const destinations: Readonly<Record<string, string>> = {
  'is not a valid URL': 'n’est pas une URL valide',
  'is longer than {n} characters': 'dépasse {n} caractères',
  'contains a control character or surrounding white space':
    'contient un caractère de contrôle ou est entouré d’espaces',
  'must use https or http': 'doit utiliser https ou http',
  'must use https': 'doit utiliser https',
  'must use port {words}, not {port}': 'doit utiliser le port {words}, pas {port}',
  'must not contain a user name or password': 'ne doit contenir ni nom d’utilisateur ni mot de passe',
  'has a host name with an empty label': 'comporte un nom d’hôte dont une partie est vide',
  'is not a public host (localhost)': 'n’est pas un hôte public (localhost)',
  'is not a public host (a name without a dot)': 'n’est pas un hôte public (nom sans point)',
  'is not a public host (a name for private networks)':
    'n’est pas un hôte public (nom réservé aux réseaux privés)',
  'is not a public address ({words})': 'n’est pas une adresse publique ({words})',

  'The URL has a control character.': 'L’URL contient un caractère de contrôle.',
  'A value in the URL has a control character.': 'Une valeur dans l’URL contient un caractère de contrôle.',
  'The rendered URL is longer than {n} characters.': 'L’URL produite dépasse {n} caractères.',
  'The rendered URL is not valid.': 'L’URL produite n’est pas valide.',
  'The path of the URL has a segment "." or "..".': 'Le chemin de l’URL comporte un segment "." ou "..".',
  'The template renders the origin of the URL, which needs "dynamicOrigin".':
    'Le template produit l’origine de l’URL, ce qui exige "dynamicOrigin".',
  'The header "{name}" has characters that cannot be sent.':
    'L’en-tête « {name} » contient des caractères qui ne peuvent pas être envoyés.',
  'The data is not an object, so it has no fields.':
    'Les données ne sont pas un objet : elles n’ont donc pas de champs.',
  'The fields have more than {n} characters together.':
    'Les champs comportent plus de {n} caractères au total.',
};
