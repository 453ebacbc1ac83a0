/** Why a template or a condition fails on the values that it meets. Python's and Jinja's texts, mostly. */
export const templateValues: Readonly<Record<string, string>> = {
  "'{name}' is undefined": '« {name} » n’est pas défini',
  "name '{name}' is not defined": 'le nom « {name} » n’est pas défini',
  "'{type}' has no attribute '{name}'": '« {type} » n’a pas d’attribut « {name} »',
  "access to attribute '{name}' of '{type}' object is unsafe.":
    'l’accès à l’attribut « {name} » d’un objet « {type} » n’est pas sûr.',
  "access to attribute '{name}' is unsafe": 'l’accès à l’attribut « {name} » n’est pas sûr',
  "parameter '{name}' was not provided": 'le paramètre « {name} » n’a pas été fourni',
  'the inline if-expression evaluated to false and no else section was defined.':
    'la condition de l’expression if est fausse, et il n’y a pas de else.',
  'No {words} item, sequence was empty.': 'Pas de {words} élément : la séquence est vide.',
  'No aggregated item, sequence was empty.': 'Pas de résultat agrégé : la séquence est vide.',
  'there is no previous item': 'il n’y a pas d’élément précédent',
  'there is no next item': 'il n’y a pas d’élément suivant',
  'cannot assign attribute on non-namespace object':
    'on ne peut affecter un attribut qu’à un objet namespace',

  "'{type}' object is not callable": 'un objet « {type} » ne peut pas être appelé',
  "'{type}' object is not iterable": 'un objet « {type} » ne peut pas être parcouru',
  "'{type}' object cannot be sliced": 'un objet « {type} » ne peut pas être découpé',
  "argument of type '{type}' is not iterable": 'un argument de type « {type} » ne peut pas être parcouru',
  "object of type '{type}' has no len()": 'un objet de type « {type} » n’a pas de len()',
  "'{type}' cannot be a key": '« {type} » ne peut pas être une clé',
  "'{type}' cannot be rounded": '« {type} » ne peut pas être arrondi',
  "'{type}' is no size": '« {type} » n’est pas une taille',
  '{name} must be str, not {type}': '{name} doit être un str, pas {type}',
  '{name} must be int, not {type}': '{name} doit être un int, pas {type}',
  '{name} must be a number, not {type}': '{name} doit être un nombre, pas {type}',
  'Object of type {type} is not JSON serializable':
    'un objet de type {type} ne peut pas être converti en JSON',
  'the JSON object must be str, bytes or bytearray, not {type}':
    'l’objet JSON doit être un str, bytes ou bytearray, pas {type}',
  "unsupported operand type(s) for {operator}: '{type}' and '{type2}'":
    'types d’opérandes non pris en charge pour {operator} : « {type} » et « {type2} »',
  "'{operator}' not supported between instances of '{type}' and '{type2}'":
    '« {operator} » n’est pas pris en charge entre « {type} » et « {type2} »',
  "'in <string>' requires string as left operand, not {type}":
    '« in <string> » exige une chaîne à gauche, pas {type}',
  "bad operand type for unary {operator}: '{type}'": 'type d’opérande incorrect pour {operator} : « {type} »',
  "bad operand type for abs(): '{type}'": 'type d’opérande incorrect pour abs() : « {type} »',
  "sum() can't sum strings": 'sum() ne peut pas additionner des chaînes',
  'slice step cannot be zero': 'le pas d’une tranche ne peut pas être nul',
  'slice indices must be integers or None': 'les indices d’une tranche doivent être des entiers ou None',
  'too many values to unpack (expected {n})': 'trop de valeurs à répartir ({n} attendues)',
  'not enough values to unpack (expected {n}, got {n2})':
    'pas assez de valeurs à répartir ({n} attendues, {n2} trouvées)',
  'a tuple cannot be changed': 'un tuple ne peut pas être modifié',
  'published data cannot be changed; copy it first':
    'les données publiées ne peuvent pas être modifiées ; copiez-les d’abord',
  'the set has no such element': 'l’ensemble n’a pas cet élément',

  'division by zero': 'division par zéro',
  'float division by zero': 'division flottante par zéro',
  'integer division or modulo by zero': 'division entière ou modulo par zéro',
  '0.0 cannot be raised to a negative power': '0.0 ne peut pas être élevé à une puissance négative',
  'a negative number has no such power': 'un nombre négatif n’a pas cette puissance',
  'result too large for a float': 'résultat trop grand pour un flottant',
  'negative shift count': 'décalage négatif',
  'int too large to convert to float': 'entier trop grand pour être converti en flottant',
  'cannot convert float {n} to integer': 'impossible de convertir le flottant {n} en entier',
  'Exceeds the limit ({n} digits) for integer string conversion: value has {n2} digits':
    'la conversion d’un entier en texte est limitée à {n} chiffres : la valeur en a {n2}',
  'Unknown Rounding Method: {name}': 'méthode d’arrondi inconnue : {name}',

  'date value out of range': 'date hors limites',
  'year {n} is out of range': 'l’année {n} est hors limites',
  'month must be in 1..12': 'le mois doit être dans 1..12',
  'day is out of range for month': 'le jour est hors limites pour ce mois',
  'hour must be in 0..{n}': 'l’heure doit être dans 0..{n}',
  'minute must be in 0..{n}': 'la minute doit être dans 0..{n}',
  'second must be in 0..{n}': 'la seconde doit être dans 0..{n}',
  'microsecond must be in 0..{n}': 'la microseconde doit être dans 0..{n}',
  '{value} is not a valid date string.': '{value} n’est pas une date valide.',
  '{value} is not a valid time.': '{value} n’est pas une heure valide.',
  'Please select a valid date': 'indiquez une date valide',
  'Non-integer years and months are ambiguous and not currently supported.':
    'Des années ou des mois non entiers sont ambigus et ne sont pas pris en charge.',
  "Invalid length for field: '{value}'": 'longueur de champ non valide : « {value} »',
  "'datetime.time' object has no date": 'un objet « datetime.time » n’a pas de date',
  "'datetime.date' object has no time": 'un objet « datetime.date » n’a pas d’heure',
  "'datetime.date' object has no time zone": 'un objet « datetime.date » n’a pas de fuseau horaire',
  'a time zone with an offset has no name': 'un fuseau horaire avec un décalage n’a pas de nom',
  'Unknown timespec value': 'valeur de timespec inconnue',
};
