/** Faults of a body's fields, as the rest of a sentence that begins with the field. */
export const settings: Readonly<Record<string, string>> = {
  'is required': 'est obligatoire',
  'has unknown fields: {names}': 'comporte des champs inconnus : {names}',
  'has a name that is not allowed': 'comporte un nom non autorisé',
  'is not an allowed name': 'n’est pas un nom autorisé',
  'is a duplicate name': 'est un nom en double',
  'is nested too deeply: the limit is {n} levels': 'est trop imbriqué : la limite est de {n} niveaux',
  'contains a NUL or an unpaired surrogate': 'contient un NUL ou un demi-codet isolé',
  'contains control characters': 'contient des caractères de contrôle',
  'is not an object': 'n’est pas un objet',
  'is given besides data': 'est fourni en plus de data',
  'cannot be combined with event or data': 'ne peut pas être combiné avec event ou data',
  'needs id, email or name': 'exige id, email ou name',
  'is before since': 'précède since',
  'exceed {n} KB in total': 'dépassent {n} Ko au total',

  'is not an ISO 8601 time with a zone, such as "2026-01-02T03:04:05Z"':
    'n’est pas une date et heure ISO 8601 avec fuseau, comme "2026-01-02T03:04:05Z"',
  'is beyond the year 9999': 'dépasse l’année 9999',
  'is not a whole number': 'n’est pas un nombre entier',
  'is not percent-encoded UTF-8': 'n’est pas de l’UTF-8 encodé en pourcentage',
  'is not a URI reference, such as "/erp" or "https://example.com/erp"':
    'n’est pas une référence d’URI, comme "/erp" ou "https://example.com/erp"',
  'is not a dotted name of up to 10 segments, such as "invoice.status.updated"':
    'n’est pas un nom de 10 segments au plus séparés par des points, comme "invoice.status.updated"',
  'is not an event type of up to 10 segments, "prefix.*" or "*"':
    'n’est ni un type d’événement de 10 segments au plus, ni "prefix.*", ni "*"',
  '"{name}" is not an event type of this project': '« {name} » n’est pas un type d’événement de ce projet',
  'starts with "{name}", which is reserved': 'commence par « {name} », qui est réservé',
  'is not an integer or a string of at most 256 characters':
    'n’est ni un entier ni une chaîne de 256 caractères au plus',
  'is not 1 to 63 letters, digits, "-" or "_", starting with a letter or digit':
    'doit comporter de 1 à 63 lettres, chiffres, "-" ou "_", et commencer par une lettre ou un chiffre',
  'is an array, which needs the content type "application/cloudevents-batch+json"':
    'est un tableau, ce qui exige le type de contenu "application/cloudevents-batch+json"',
  'is not an array, which needs the content type "application/cloudevents+json"':
    'n’est pas un tableau, ce qui exige le type de contenu "application/cloudevents+json"',
  'is not an array of 1 to {n} events': 'n’est pas un tableau de 1 à {n} événements',

  'is not a header name': 'n’est pas un nom d’en-tête',
  'is a reserved header': 'est un en-tête réservé',
  'is not a header value: it may only have printable characters of Latin-1':
    'n’est pas une valeur d’en-tête : seuls les caractères imprimables de Latin-1 sont permis',
  'is not a header value: receivers drop white space around it':
    'n’est pas une valeur d’en-tête : les destinataires suppriment les espaces qui l’entourent',
  'has names that differ only in case': 'comporte des noms qui ne diffèrent que par la casse',
  'has more than 50 headers': 'comporte plus de 50 en-têtes',
  'has more than 50 entries': 'comporte plus de 50 entrées',
  'has a duplicate key': 'comporte une clé en double',
  'is "***", but no value is stored: give the value':
    'vaut "***", mais aucune valeur n’est enregistrée : indiquez la valeur',
  'must be given again with its value, because the URL changes':
    'doit être indiqué à nouveau avec sa valeur, car l’URL change',
  'is not "standard", "none" or a list of 1 to 20 waits of 1 to 86400 seconds':
    'n’est ni "standard", ni "none", ni une liste de 1 à 20 délais de 1 à 86400 secondes',
  'is required with the format "{name}"': 'est obligatoire avec le format « {name} »',
  'does not begin with an origin, such as https://example.com/, which needs "dynamicOrigin": true':
    'ne commence pas par une origine, comme https://example.com/, ce qui exige "dynamicOrigin": true',
  'is not a valid template: {reason}': 'n’est pas un template valide : {reason}',
  'is not a valid condition: {reason}': 'n’est pas une condition valide : {reason}',
  'is not "whsec_" followed by the base64 of {n} to {n2} bytes':
    'n’est pas "whsec_" suivi de {n} à {n2} octets en base64',
  'is not 1 to {n} characters': 'doit comporter de 1 à {n} caractères',
  'overlaps with a replaced one that {reason}: rotate it with "overlapSeconds": 0':
    'coexiste avec un secret remplacé qui {reason} : renouvelez-le avec "overlapSeconds": 0',
  'is longer than the {n} days for which the project keeps its events':
    'dépasse les {n} jours pendant lesquels le projet conserve ses événements',
  'is shorter than the retry schedule of the subscription "{name}"':
    'est plus court que le calendrier de nouvelles tentatives de l’abonnement « {name} »',
  'is not an address like "https://erp.example.com"': 'n’est pas une adresse comme "https://erp.example.com"',
  'has a host or a port that there cannot be': 'comporte un hôte ou un port impossible',
  'is not a string, number, boolean or null': 'n’est ni une chaîne, ni un nombre, ni un booléen, ni null',
  'is not a list of rows': 'n’est pas une liste de lignes',
  'has more than {n} rows': 'comporte plus de {n} lignes',
};
