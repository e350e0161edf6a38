/** What customers write, by the number of stars from 1. */

export const TITLES: readonly (readonly string[])[] = [
  ['Broken on arrival', 'Never again', "Don't buy", 'Waste of money'],
  ['Disappointing', 'Not what I expected', 'Could be much better'],
  ['Okay', 'Does its job', 'Average', 'Fine for the price'],
  ['Very good', 'Happy with it', 'Nice quality', 'Would buy again'],
  ['Perfect!', 'Love it', 'Best purchase of the year', 'Exactly right', 'A joy to use'],
];

export const BODIES: readonly (readonly string[])[] = [
  [
    'It broke after two days, and nobody answered my e-mails.',
    'Arrived with a crack from top to bottom.\nSent back the same day.',
    'The photo shows something else entirely.',
  ],
  [
    'Looks nice, but the finish is poor.',
    'Smaller than described; I would have chosen another size.',
    'Took three weeks to get here, and "express" it was called.',
  ],
  [
    "It's all right, nothing special.",
    'Good idea, mediocre workmanship.',
    'Okay for now and then, not for every day.',
  ],
  [
    'Solid and well made; one star less for the packaging.',
    'We use it every weekend. Easy to clean.',
    "My neighbour's is from here too, now I know why.",
  ],
  [
    'Beautiful, sturdy, quickly delivered. Thank you!',
    'A present for my mother, who uses it every day since.',
    'Worth every cent.',
    '¡Precioso! Mejor que en la foto.',
    'Wunderschön verarbeitet, gerne wieder.',
  ],
];

/** How often which rating is given, 1 star first, for products that are loved, liked and disliked. */
export const RATINGS: readonly (readonly number[])[] = [
  [1, 2, 7, 32, 58],
  [4, 8, 18, 42, 28],
  [20, 22, 26, 20, 12],
];
