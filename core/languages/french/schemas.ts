/** Faults of data that does not match its JSON Schema, and of schemas themselves. */
export const schemas: Readonly<Record<string, string>> = {
  'is not allowed': 'n’est pas autorisé',
  'is not a boolean': 'n’est pas un booléen',
  'is not a number': 'n’est pas un nombre',
  'is not a string': 'n’est pas une chaîne',
  'is not an array': 'n’est pas un tableau',
  'is not of the type {words}': 'n’est pas du type {words}',
  'is not {json}': 'n’est pas {json}',
  'is not one of {values}': 'n’est pas l’une des valeurs {values}',
  'is less than {n}': 'est inférieur à {n}',
  'is more than {n}': 'est supérieur à {n}',
  'is not more than {n}': 'n’est pas supérieur à {n}',
  'is not less than {n}': 'n’est pas inférieur à {n}',
  'is not a multiple of {n}': 'n’est pas un multiple de {n}',
  'has more than {n} characters': 'comporte plus de {n} caractères',
  'has fewer than {n} characters': 'comporte moins de {n} caractères',
  'does not match the pattern {value}': 'ne correspond pas au motif {value}',
  'is not in the format "{name}"': 'n’est pas au format « {name} »',
  'has fewer than {n} items': 'comporte moins de {n} éléments',
  'has more than {n} items': 'comporte plus de {n} éléments',
  'has duplicate items': 'comporte des éléments en double',
  'has {n} items that fit "contains", fewer than {n2}':
    'comporte {n} éléments conformes à "contains", moins de {n2}',
  'has {n} items that fit "contains", more than {n2}':
    'comporte {n} éléments conformes à "contains", plus de {n2}',
  'has more than {n} fields': 'comporte plus de {n} champs',
  'has fewer than {n} fields': 'comporte moins de {n} champs',
  'fits none of the schemas of "anyOf"': 'n’est conforme à aucun des schémas de "anyOf"',
  'fits {n} of the schemas of "oneOf", not just one':
    'est conforme à {n} des schémas de "oneOf", et non à un seul',
  'fits the schema of "not"': 'est conforme au schéma de "not"',
  'takes more than {n} steps to check against its schema':
    'demande plus de {n} étapes pour être vérifié selon son schéma',
  'is nested too deeply for its schema': 'est trop imbriqué pour son schéma',

  'is not a schema, which is an object, true or false':
    'n’est pas un schéma, c’est-à-dire un objet, true ou false',
  'is not a schema; a list of schemas is "prefixItems" since 2020-12':
    'n’est pas un schéma ; une liste de schémas s’écrit "prefixItems" depuis 2020-12',
  'is not an array of schemas': 'n’est pas un tableau de schémas',
  'is not a list of one or more schemas': 'n’est pas une liste d’au moins un schéma',
  'is not an object of schemas': 'n’est pas un objet de schémas',
  'is not an object of arrays': 'n’est pas un objet de tableaux',
  'is not an array of unique strings': 'n’est pas un tableau de chaînes distinctes',
  'is not a number above 0': 'n’est pas un nombre supérieur à 0',
  'is not a non-negative integer': 'n’est pas un entier positif ou nul',
  'is not one or more of {values}': 'n’est pas une ou plusieurs des valeurs {values}',
  'is not "https://json-schema.org/draft/2020-12/schema"':
    'n’est pas "https://json-schema.org/draft/2020-12/schema"',
  'is of an older draft; use {words}': 'date d’une version antérieure ; utilisez {words}',
  'is only allowed at the root; use "$anchor" to name a part of the schema':
    'n’est autorisé qu’à la racine ; utilisez "$anchor" pour nommer une partie du schéma',
  'is not a name of letters, digits, "-", "_" and "."':
    'n’est pas un nom composé de lettres, de chiffres, de "-", de "_" et de "."',
  'refers to another document; a reference must start with "#"':
    'désigne un autre document ; une référence doit commencer par "#"',
  'refers to nothing in this schema': 'ne désigne rien dans ce schéma',
  'refers back to itself for the same value': 'se désigne elle-même pour la même valeur',
  'has more than {n} KB': 'dépasse {n} Ko',
  'has more than {n} levels': 'comporte plus de {n} niveaux',
  'has more than {n} objects and arrays': 'comporte plus de {n} objets et tableaux',

  'repeats too much': 'comporte trop de répétitions',
  'is not a regular expression that RE2 supports: {reason}':
    'n’est pas une expression régulière que RE2 accepte : {reason}',
  'is not a regular expression that RE2 supports: {reason}: `{value}`':
    'n’est pas une expression régulière que RE2 accepte : {reason} : `{value}`',
  'missing argument to repetition operator': 'il manque l’argument d’un opérateur de répétition',
  'missing closing ]': 'il manque un ] fermant',
  'missing closing )': 'il manque une ) fermante',
  'unexpected )': '« ) » inattendue',
  'invalid character class range': 'intervalle de caractères non valide',
  'invalid escape sequence': 'séquence d’échappement non valide',
  'invalid named capture': 'capture nommée non valide',
  'duplicate capture group name': 'nom de groupe en double',
  'invalid or unsupported Perl syntax': 'syntaxe Perl non valide ou non prise en charge',
  'invalid nested repetition operator': 'opérateurs de répétition mal imbriqués',
  'invalid repeat count': 'nombre de répétitions non valide',
  'trailing backslash at end of expression': 'barre oblique inverse en fin d’expression',
  'expression nests too deeply': 'expression trop imbriquée',
};
