/** Made-up people: names as they are in the countries where the shop has customers, and its own staff. */

export interface Country {
  readonly name: string;
  /** How many of a hundred customers live there. */
  readonly share: number;
  readonly phone: string;
  readonly cities: readonly string[];
  readonly first: readonly string[];
  readonly last: readonly string[];
}

const words = (text: string): string[] => text.split(', ');

export const COUNTRIES: readonly Country[] = [
  {
    name: 'Germany',
    share: 25,
    phone: '+49',
    cities: words('Berlin, Hamburg, München, Köln, Leipzig, Freiburg'),
    first: words(
      'Anna, Lukas, Katrin, Jürgen, Sabine, Felix, Lena, Matthias, Heike, Jonas, Birgit',
    ),
    last: words('Müller, Schneider, Weiß, Hoffmann, Krüger, Vogel, Brandt, Seidel, Lorenz, Null'),
  },
  {
    name: 'Spain',
    share: 20,
    phone: '+34',
    cities: words('Madrid, Barcelona, Valencia, Sevilla, Bilbao, Málaga'),
    first: words('María, Javier, Lucía, Pablo, Carmen, Íñigo, Elena, Álvaro, Nuria, Diego, Begoña'),
    last: words(
      'García, Fernández, Ibáñez, Navarro, Castillo, Ortega, Muñoz, Vidal, de la Cruz, Prieto',
    ),
  },
  {
    name: 'France',
    share: 16,
    phone: '+33',
    cities: words('Paris, Lyon, Nantes, Marseille, Lille'),
    first: words('Camille, Julien, Amélie, François, Chloé, Antoine, Élise, Mathis, Noémie, Hugo'),
    last: words("Lefèvre, Moreau, Girard, Rousseau, Dubois, D'Aubigné, Chevalier, Masson, Perrot"),
  },
  {
    name: 'Italy',
    share: 11,
    phone: '+39',
    cities: words('Milano, Roma, Torino, Bologna, Napoli'),
    first: words('Giulia, Marco, Chiara, Alessandro, Francesca, Matteo, Elisa, Nicolò'),
    last: words("Ricci, Conti, D'Angelo, Ferrara, Gallo, Marchetti, Rinaldi, Sartori"),
  },
  {
    name: 'Netherlands',
    share: 7,
    phone: '+31',
    cities: words("Amsterdam, Utrecht, Rotterdam, 's-Hertogenbosch"),
    first: words('Sanne, Daan, Femke, Bram, Lotte, Thijs'),
    last: words('de Vries, van den Berg, Bakker, Visser, Smit, van Dijk'),
  },
  {
    name: 'Poland',
    share: 6,
    phone: '+48',
    cities: words('Warszawa, Kraków, Gdańsk, Łódź'),
    first: words('Łukasz, Agnieszka, Paweł, Zofia, Michał, Małgorzata'),
    last: words('Kowalski, Wójcik, Nowak, Zieliński, Dąbrowski, Król'),
  },
  {
    name: 'Portugal',
    share: 5,
    phone: '+351',
    cities: words('Lisboa, Porto, Coimbra'),
    first: words('Inês, Tiago, Beatriz, João, Mafalda'),
    last: words('Silva, Carvalho, Guimarães, Magalhães, Pinto'),
  },
  {
    name: 'Belgium',
    share: 4,
    phone: '+32',
    cities: words('Brussel, Gent, Antwerpen, Liège'),
    first: words('Zoë, Wout, Maëlle, Pieter, Anouk'),
    last: words('Peeters, Claes, Lambert, Wouters, Dupont'),
  },
  {
    name: 'Ireland',
    share: 3,
    phone: '+353',
    cities: words('Dublin, Cork, Galway'),
    first: words('Siobhán, Cian, Aoife, Padraig, Niamh'),
    last: words("O'Brien, Murphy, O'Sullivan, Byrne, Doyle"),
  },
  {
    name: 'Sweden',
    share: 3,
    phone: '+46',
    cities: words('Stockholm, Göteborg, Malmö'),
    first: words('Åsa, Erik, Linnéa, Björn, Maja'),
    last: words('Lindström, Åkesson, Nyberg, Sjögren, Holm'),
  },
];

export const COMPANY_NAMES: readonly string[] = words(
  'Alba, Baltic, Castell, Delta, Edelweiß, Fjord, Granada, Horizon, Iris, Jura, Kontor, Lumen, Mistral, Nova, Orion',
);
export const COMPANY_KINDS: readonly string[] = words(
  'Interiors, Hotels, Trading, Studio, Bistro Group, Supplies, Concept Stores, & Sons, Events',
);

/** First name, last name, job, department, line of the manager from 1, salary in euros, first and last day. */
type Person = readonly [string, string, string, string, number | null, number, string, string?];

export const STAFF: readonly Person[] = [
  ['Helena', 'Brandt', 'Managing Director', 'Management', null, 128000, '2016-03-01'],
  ['Tomás', 'Quiroga', 'Head of Sales', 'Sales', 1, 84000, '2017-09-15'],
  ['Ingrid', 'Solberg', 'Head of Operations', 'Operations', 1, 81500, '2018-01-08'],
  ['Rachid', 'Benali', 'Head of Finance', 'Finance', 1, 86000, '2018-05-01'],
  ['Oliver', 'Pryce', 'Head of Technology', 'Technology', 1, 92000, '2019-02-01'],
  ['Katarina', 'Novak', 'Account Manager', 'Sales', 2, 52300, '2019-06-03'],
  ['Luis', 'Pacheco', 'Account Manager', 'Sales', 2, 51800, '2020-02-17'],
  ['Fiona', "O'Hara", 'Account Manager', 'Sales', 2, 53250, '2020-11-02'],
  ['Emre', 'Yıldız', 'Sales Assistant', 'Sales', 6, 38400, '2021-04-12'],
  ['Pia', 'Lindqvist', 'Sales Assistant', 'Sales', 7, 37900, '2022-08-22'],
  ['Marta', 'Sokołowska', 'Sales Assistant', 'Sales', 8, 38100, '2022-10-03', '2025-03-31'],
  ['Bastien', 'Leroy', 'Sales Assistant', 'Sales', 8, 37200, '2025-04-14'],
  ['Greta', 'Hansen', 'Warehouse Manager', 'Operations', 3, 55600, '2018-10-01'],
  ['Dario', 'Ferretti', 'Warehouse Clerk', 'Operations', 13, 33800, '2020-07-20'],
  ['Amara', 'Okafor', 'Warehouse Clerk', 'Operations', 13, 34200, '2021-01-11'],
  ['Stefan', 'Huber', 'Warehouse Clerk', 'Operations', 13, 33500, '2021-09-06', '2024-12-31'],
  ['Yuki', 'Tanaka', 'Purchasing Agent', 'Operations', 3, 47900, '2019-11-04'],
  ['Nina', 'Petrova', 'Customer Care Lead', 'Operations', 3, 49300, '2020-03-02'],
  ['Joost', 'van Leeuwen', 'Customer Care Agent', 'Operations', 18, 35700, '2022-01-17'],
  ['Clara', 'Mendes', 'Customer Care Agent', 'Operations', 18, 36100, '2023-05-15'],
  ['Peter', 'Achterberg', 'Accountant', 'Finance', 4, 56800, '2019-08-19'],
  ['Sofia', 'Andersson', 'Accountant', 'Finance', 4, 54100, '2023-09-01'],
  ['Hamid', 'Rahimi', 'Software Engineer', 'Technology', 5, 71500, '2021-06-14'],
  ['Eva', 'Horváth', 'Software Engineer', 'Technology', 5, 69800, '2024-02-01'],
];
