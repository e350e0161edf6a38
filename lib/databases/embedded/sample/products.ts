/** What the shop sells: categories in two levels, products with their list prices in cents. */

/** Name, price in cents, and how well it sells besides its place in the list (1 unless said; 0 is never). */
type Item = readonly [name: string, cents: number, pull?: number];

/** Top category → category → products. */
export const RANGE: Readonly<Record<string, Readonly<Record<string, readonly Item[]>>>> = {
  Kitchen: {
    'Coffee & Tea': [
      ['Copper Kettle', 6490, 2],
      ['Moka Pot for Six', 3290, 3],
      ['Hand Coffee Grinder', 4595, 2],
      ['Stoneware Teapot', 3850],
      ['Pour-Over Set', 5200, 2],
      ['Barista Milk Jug', 1895],
      ['Espresso Machine "Piccolo"', 38900, 2],
      ['Tea Tasting Box', 2450],
    ],
    Cookware: [
      ['Cast Iron Pan 28 cm', 7900, 2],
      ["Baker's Stone", 4250],
      ['Enamel Stock Pot', 6800],
      ['Carbon Steel Wok', 5490],
      ['Paella Pan for Eight', 4980, 2],
      ['Dutch Oven', 16900],
      ['Egg Pan', 1690],
    ],
    Knives: [
      ["Chef's Knife 20 cm", 11900, 2],
      ['Paring Knife', 2490],
      ['Bread Knife', 5690],
      ['Whetstone 1000/3000', 4190],
      ['Magnetic Knife Rack', 5450],
    ],
    Tableware: [
      ['Olive Wood Board', 3990, 2],
      ['Linen Napkins, Set of 4', 2890],
      ['Water Carafe 1 l', 2250],
      ['Dinner Plate, Reactive Glaze', 1990, 2],
      ['Tapas Bowls, Set of 6', 3450],
      ['Wine Glasses, Set of 6', 5900],
    ],
  },
  Home: {
    Lighting: [
      ['Paper Floor Lamp', 8900],
      ['Brass Desk Lamp', 12900, 2],
      ['LED Candle Trio', 2790],
      ['Pendant Lamp "Lune"', 17900],
      ['Clip Reading Light', 1950, 2],
    ],
    Textiles: [
      ['Wool Throw', 9900, 2],
      ['Linen Bed Set', 18900],
      ['Cotton Bath Towel', 2490, 2],
      ['Cushion Cover', 1890],
      ['Sheepskin Rug', 12500],
      ['Curtain, Blackout', 7450],
    ],
    Storage: [
      ['Stackable Oak Crate', 4500],
      ['Laundry Basket', 3990],
      ['Shoe Rack', 5990],
      ['Wall Hooks, Set of 5', 2190, 2],
      ['Umbrella Stand', 4690],
    ],
    'Candles & Scents': [
      ['Soy Candle "Fig Tree"', 2690, 3],
      ['Soy Candle "Sea Salt"', 2690, 2],
      ['Reed Diffuser', 3150],
      ['Incense, Cedar', 890],
      ['Beeswax Pillar', 1590],
    ],
  },
  Garden: {
    'Garden Tools': [
      ['Hand Trowel', 1690, 2],
      ['Bypass Pruner', 3790, 2],
      ["Gardener's Gloves", 1490, 3],
      ['Digging Fork', 5890],
      ['Rain Gauge', 1290],
      ['Folding Saw', 3390],
    ],
    'Pots & Planters': [
      ['Terracotta Pot 30 cm', 1990, 2],
      ['Zinc Planter', 4450],
      ['Hanging Planter', 2590],
      ['Raised Bed Kit', 14900],
      ['Self-Watering Box', 3650],
    ],
    'Seeds & Bulbs': [
      ['Wildflower Mix', 690, 3],
      ['Tulip Bulbs, 50', 1890, 2],
      ['Herb Starter Set', 1590, 2],
      ["Grandmother's Tomatoes", 490, 2],
      ['Chilli Collection', 1290],
    ],
    'Garden Furniture': [
      ['Folding Bistro Table', 14900],
      ['Bistro Chair', 8900, 2],
      ['Hammock', 9900],
      ['Fire Bowl', 22900],
      ['Parasol 3 m', 19900],
    ],
  },
  Outdoor: {
    Camping: [
      ['Two-Person Tent', 24900, 2],
      ['Sleeping Bag, Down', 28900],
      ['Camping Stove', 7490],
      ['Titanium Mug', 3490, 2],
      ['Head Torch', 4590, 2],
      ['Folding Chair', 6900],
      ['Tarp 3 × 3 m', 8450, 0],
    ],
    'Bags & Packs': [
      ['Daypack 22 l', 8900, 3],
      ['Trekking Pack 55 l', 21900],
      ['Roll-Top Messenger', 12900],
      ['Dry Bag 10 l', 2490],
      ['Packing Cubes', 3990],
    ],
    Cycling: [
      ['Commuter Helmet', 9900, 2],
      ['Pannier Pair', 14500, 2],
      ['Floor Pump', 5490],
      ['Lock, Gold Rated', 8990, 2],
      ['Multi-Tool, 18 Parts', 3990],
      ['Bell "Ding-Dong"', 1790],
    ],
  },
  Office: {
    Stationery: [
      ['Dotted Notebook A5', 1690, 4],
      ['Fountain Pen "Allegra"', 5900, 2],
      ['Ink Bottle, Petrol', 1290],
      ['Pencil Set, 12', 1890],
      ['Desk Calendar', 1490],
      ['Wax Seal Kit', 2950, 0],
    ],
    Desk: [
      ['Walnut Monitor Stand', 8900, 2],
      ['Standing Desk, Oak', 64900, 2],
      ['Ergonomic Chair "Pilot"', 42900, 2],
      ['Cable Box', 2490],
      ['Felt Desk Pad', 3990, 2],
      ['Document Tray', 2190],
    ],
  },
  Play: {
    'Board Games': [
      ['Harbour Masters', 4490, 3],
      ["The King's Gambit", 3990, 2],
      ['Tiny Orchard', 1990, 2],
      ['Night Train to Lisbon', 5490, 2],
      ['Chess Set, Maple', 8900],
      ['Go Board, Travel', 4990],
    ],
    Puzzles: [
      ['Puzzle "Alhambra", 1000 Pieces', 1990, 2],
      ['Puzzle "Night Sky", 2000 Pieces', 2990],
      ['Wooden Burr Puzzle', 1690],
      ['Puzzle "Old Maps", 500 Pieces', 1490],
    ],
    Toys: [
      ['Wooden Train Set', 5990, 2],
      ['Stacking Rainbow', 3490],
      ['Kite "Swallow"', 2790, 2],
      ['Juggling Balls', 1990],
      ['Yo-Yo, Beech', 1290],
      ['Marble Run, 60 Parts', 6490, 0],
    ],
    'Gift Cards': [],
  },
};

/** Which months (January first) a category is bought in more or less than usual, in percent of the usual. */
export const SEASONS: Readonly<Record<string, readonly number[]>> = {
  Garden: [20, 50, 160, 240, 230, 170, 110, 80, 90, 70, 20, 15],
  Outdoor: [40, 50, 90, 130, 170, 200, 190, 140, 90, 60, 50, 70],
  Home: [110, 100, 80, 70, 70, 60, 60, 70, 110, 140, 150, 140],
  Play: [50, 50, 60, 80, 70, 70, 80, 70, 70, 90, 180, 260],
};

/** What sells better in a country than elsewhere, by so many times. */
export const FAVOURITES: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  Spain: { 'Paella Pan for Eight': 5, 'Tapas Bowls, Set of 6': 4, 'Olive Wood Board': 3 },
  Italy: { 'Moka Pot for Six': 5, 'Espresso Machine "Piccolo"': 3 },
  Germany: { 'Raised Bed Kit': 4, 'Pannier Pair': 3 },
  France: { 'Linen Napkins, Set of 4': 4, "Grandmother's Tomatoes": 3 },
  Portugal: { 'Night Train to Lisbon': 6 },
  Ireland: { 'Stoneware Teapot': 6 },
  Netherlands: { 'Tulip Bulbs, 50': 5, 'Lock, Gold Rated': 3 },
};
