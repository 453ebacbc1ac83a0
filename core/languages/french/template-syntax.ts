/** Why a template or a condition does not compile. */
export const templateSyntax: Readonly<Record<string, string>> = {
  'line {line}: {reason}': 'ligne {line} : {reason}',
  'a template has at most {n} KB': 'un template comporte au plus {n} Ko',
  'a condition has at most {n} KB': 'une condition comporte au plus {n} Ko',
  'Illegal template': 'template interdit',
  'has more than {n} tokens': 'comporte plus de {n} éléments de syntaxe',
  'is nested more than {n} deep': 'comporte plus de {n} niveaux d’imbrication',
  'a chain has more than {n} links': 'une chaîne de membres comporte plus de {n} maillons',

  'unexpected end': 'fin inattendue',
  "unexpected '{token}'": '« {token} » inattendu',
  'unexpected {words}': 'élément inattendu : {words}',
  'unexpected char {token}': 'caractère inattendu : {token}',
  'expected {words}, got {words2}': 'attendu : {words} ; trouvé : {words2}',
  "expected '{token}', got {words}": 'attendu : « {token} » ; trouvé : {words}',
  "expected 'else'": '« else » attendu',
  'expected a call': 'appel attendu',
  'expected a name or a number behind the dot': 'nom ou nombre attendu après le point',
  "'{{' is not closed": '« {{ » n’est pas fermé',
  "'{%' is not closed": '« {% » n’est pas fermé',
  'Missing end of comment tag': 'il manque la fin d’un commentaire',
  'Missing end of raw directive': 'il manque la fin d’un bloc raw',
  "the end of the template comes before '{token}'": 'le template se termine avant « {token} »',
  "the tag '{token}' is not supported": 'la balise « {token} » n’est pas prise en charge',
  "Encountered unknown tag '{token}'.": 'Balise inconnue : « {token} ».',
  "No filter named '{name}'.": 'Le filtre « {name} » n’existe pas.',
  "No test named '{name}'.": 'Le test « {name} » n’existe pas.',
  'You cannot chain multiple tests with is': 'les tests ne s’enchaînent pas avec is',
  'a test cannot stand behind another comparison': 'un test ne peut pas suivre une autre comparaison',
  "':=' is not allowed": '« := » n’est pas autorisé',
  "can't assign to '{name}'": 'impossible d’affecter une valeur à « {name} »',
  '"{name}" is an invalid name because it starts with "_".':
    '« {name} » n’est pas un nom valide, car il commence par « _ ».',
  '"{name}" is an invalid attribute name because it starts with "_".':
    '« {name} » n’est pas un nom d’attribut valide, car il commence par « _ ».',
  'a positional argument follows one that has a name': 'un argument positionnel suit un argument nommé',
  'a parameter without a default follows one that has one':
    'un paramètre sans valeur par défaut suit un paramètre qui en a une',
  'a set or a mapping cannot be in a set, nor be a key':
    'un ensemble ou un dictionnaire ne peut être ni dans un ensemble ni une clé',

  'a number is too long': 'un nombre est trop long',
  'a string is not closed': 'une chaîne n’est pas fermée',
  'a string has an escape beyond U+10FFFF': 'une chaîne comporte un échappement au-delà de U+10FFFF',
  'a string has an incomplete escape {token}': 'une chaîne comporte un échappement incomplet {token}',
  "f-string: expecting '}'": 'f-string : « } » attendue',
  "f-string: single '}' is not allowed": 'f-string : une « } » seule n’est pas autorisée',
  'f-string: expressions nested too deeply': 'f-string : expressions trop imbriquées',
  'f-string: empty expression not allowed': 'f-string : expression vide non autorisée',
  'f-string expression part cannot include a backslash':
    'l’expression d’une f-string ne peut pas contenir de barre oblique inverse',
  "f-string: expected 's', 'r' or 'a' behind '!'": 'f-string : « s », « r » ou « a » attendu après « ! »',
  'has more than {n} fields': 'comporte plus de {n} champs',

  '{name} is not available: it needs a Frappe site': '{name} n’est pas disponible : il faut un site Frappe',
  '{name}() is not available: a document has the methods {names}':
    '{name}() n’est pas disponible : un document a les méthodes {names}',

  'the template {reason}': 'le template {reason}',
  'the condition {reason}': 'la condition {reason}',
  'takes too much memory or nesting': 'demande trop de mémoire ou d’imbrication',
  'failed: {reason}': 'a échoué : {reason}',
  'takes more than {n} steps': 'demande plus de {n} étapes',
  'renders more than {n} KB': 'produit plus de {n} Ko',
  'makes a text of more than {n} characters': 'produit un texte de plus de {n} caractères',
  'makes a list of more than {n} elements': 'produit une liste de plus de {n} éléments',
  'makes an integer of more than {n} digits': 'produit un entier de plus de {n} chiffres',
  'formats a number with more than {n} places': 'met en forme un nombre avec plus de {n} décimales',
  'compares data that is nested more than {n} deep':
    'compare des données qui ont plus de {n} niveaux d’imbrication',
  'writes data that is nested more than {n} deep':
    'écrit des données qui ont plus de {n} niveaux d’imbrication',
  'shows data that is nested more than {n} deep':
    'affiche des données qui ont plus de {n} niveaux d’imbrication',
};
