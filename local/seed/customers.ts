/** A customer of the project's owner, to whom some of the subscriptions belong. */
export interface Customer {
  /** Such as `cus_00042`. */
  readonly id: string;
  /** Such as `Northwind Lyon`. */
  readonly name: string;
}

const NAMES = [
  ...[
    'Northwind',
    'Alpine Sound',
    'Bakery Dubois',
    'Blue Harbour',
    'Cedar & Sons',
    'Clairvaux',
    'Delta Print',
  ],
  ...[
    'Ébénisterie Roy',
    'Fjord Outdoor',
    'Garance',
    'Hélios',
    'Ivory Stage',
    'Juniper Tea',
    'Kestrel',
    'Lumen',
  ],
  ...[
    'Maison Claire',
    'Nordlys',
    'Octave',
    'Petit Bateau Bleu',
    'Quartz',
    'Riverside Rental',
    'Solstice',
    'Tandem',
  ],
  ...['Umbra Lighting', 'Vela', 'Wildflower', 'Xylo', 'Yellow Kite', 'Zephyr', 'Atelier Nord', 'Brightwater'],
  ...['Cobalt', 'Dune', 'Ember', 'Fougère', 'Granite', 'Horizon', 'Islet', 'Jade Events', 'Kiosque'],
] as const;

const PLACES = [
  ...[
    'Lyon',
    'Paris',
    'Lille',
    'Nantes',
    'Bordeaux',
    'Toulouse',
    'Marseille',
    'Rennes',
    'Metz',
    'Dijon',
    'Nice',
  ],
  ...['London', 'Leeds', 'Bristol', 'York', 'Cardiff', 'Dublin', 'Cork', 'Galway', 'Oslo', 'Bergen', 'Malmö'],
  ...['Berlin', 'Köln', 'Bremen', 'Graz', 'Wien', 'Basel', 'Genève', 'Milano', 'Torino', 'Porto', 'Lisboa'],
  ...['Madrid', 'Bilbao', 'Gent', 'Liège', 'Utrecht', 'Delft', 'Praha', 'Brno', 'Riga', 'Tallinn', 'Turku'],
  ...['Helsinki', 'Aarhus', 'Odense', 'Kraków', 'Gdańsk', 'Poznań', 'Zagreb', 'Split', 'Athína', 'Patras'],
] as const;

/** Return the customer with a number from 0. The first 2,160 have different names. */
export function customerOf(number: number): Customer {
  const place = PLACES[Math.floor(number / NAMES.length) % PLACES.length];
  return { id: `cus_${String(number).padStart(5, '0')}`, name: `${NAMES[number % NAMES.length]} ${place}` };
}
