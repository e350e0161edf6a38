/**
 * Words for nearly one thing. They are asked only where nothing is called by a word, and only where one thing alone is
 * called by the words beside it: what is a synonym wherever it stands is in `synonyms.ts`.
 */

/** Each for each other. Phrases are singular, words apart by a space, phrases apart by a bar or a comma. */
const ALIKE = `
  doctor, physician, medic, clinician, practitioner
  vet, veterinarian, veterinary, veterinary surgeon, animal doctor
  doctor, vet
  surgeon, doctor
  nurse, carer, caregiver
  mechanic, technician, repairer, repairman, fitter
  engineer, technician
  teacher, instructor, lecturer, tutor, educator, professor
  trainer, instructor, coach
  student, pupil, learner, trainee
  researcher, scientist, scholar, academic
  author, scholar, researcher, academic
  writer, author, novelist
  journalist, reporter, correspondent
  singer, vocalist, performer
  musician, performer
  band, group
  artist, painter
  host, presenter, anchor, moderator, announcer
  guide, escort
  station, channel, broadcaster
  channel, network
  show, program, programme, series
  podcast, show, program, programme
  episode, instalment, installment
  screening, showing, projection
  performance, show, concert, gig
  concert, gig
  exhibition, exhibit, show
  sponsor, advertiser, backer
  ad, advert, advertisement, commercial
  ad slot, ad, advert, advertisement, commercial
  seller, vendor, merchant, dealer, trader
  retailer, dealer, merchant
  supplier, vendor, provider, wholesaler, distributor
  carrier, shipper, courier, forwarder, shipping company, delivery company, delivery service
  manufacturer, maker, producer, builder, make
  brand, make, marque
  shop, store, outlet, boutique
  restaurant, eatery, diner
  bar, pub, tavern
  cafe, coffee shop
  chef, cook
  waiter, server
  dish, meal
  menu item, dish
  drink, beverage
  product, commodity, ware, goods
  item, product, article, piece
  part, component, spare part, spare, piece
  material, raw material
  tool, instrument
  machine, equipment, device, appliance
  device, gadget
  sensor, detector, probe
  reading, measurement
  artwork, work of art, piece of art, art piece, piece, work
  painting, picture, canvas
  sculpture, statue
  composition, piece, work
  paper, article, publication, manuscript
  journal, magazine, periodical
  book, volume, title, tome
  copy, specimen
  movie, film, motion picture, picture
  director, filmmaker, film maker, film director, movie director
  actor, performer, cast member
  juror, jury member
  prize, award, honor, honour
  medal, award
  song, track, tune
  album, record, lp
  record label, label, record company
  order, purchase
  sale, purchase, transaction, deal
  trade, deal, transaction
  bidder, buyer
  invoice, bill
  payment, payout
  settlement, payout, payment
  refund, reimbursement
  shipment, parcel, package, consignment, delivery, dispatch
  package, parcel
  cargo, freight, load
  truck, lorry
  bus, coach
  taxi, cab
  car, automobile, auto, motorcar
  bicycle, bike, cycle
  motorcycle, motorbike
  aircraft, airplane, aeroplane, plane, jet, airliner
  helicopter, chopper
  ship, vessel, boat, craft
  captain, skipper
  pilot, aviator, flyer, flier
  port, harbor, harbour
  dock, berth, pier, quay
  airport, airfield, aerodrome
  railway, railroad
  station, stop
  trip, journey, ride, tour, voyage
  cruise, voyage
  rental, hire, lease, booking, reservation
  tenant, renter, lessee, resident, occupant
  landlord, lessor
  apartment, flat
  house, home
  property, real estate, estate
  realtor, estate agent, real estate agent, broker
  agent, broker
  hotel, inn, lodging, accommodation
  visit, appointment, consultation, checkup, check up, examination
  clinic, practice, surgery
  illness, disease, ailment, disorder, sickness
  diagnosis, condition
  treatment, therapy
  operation, surgery
  drug, medication, medicine, pharmaceutical
  pharmacy, chemist, drugstore
  vaccination, inoculation, jab, immunization, immunisation
  animal, creature, beast
  cow, cattle
  breed, race
  farm, ranch, farmstead
  farmer, grower
  field, plot, parcel
  harvest, yield
  barn, stable
  enclosure, cage
  zookeeper, keeper
  observation, sighting, spotting
  sighting, observation
  observer, spotter, watcher
  ranger, warden
  trail, path, footpath, hiking trail, walk
  mountain, peak, summit
  campground, campsite, camping site
  park, reserve
  forest, wood, woodland
  class, lesson
  lecture, talk
  talk, presentation, speech
  session, talk
  speaker, presenter
  exam, examination, test, quiz, assessment
  assignment, homework
  dorm, dormitory, hall of residence, residence hall, student residence
  major, field of study, degree program, degree programme, main subject
  amenity, facility
  scholarship, grant, bursary
  degree, qualification
  loan, lending, borrowing, checkout
  borrower, patron, reader
  fine, penalty
  ticket, issue, case
  issue, bug, defect, problem
  defect, fault, flaw
  incident, accident
  task, job, assignment
  job, work order
  deadline, due date
  inspection, check, audit
  maintenance, servicing, upkeep, service
  repair, fix
  warranty, guarantee
  factory, plant, mill
  warehouse, depot, storehouse
  post, posting
  thread, topic, discussion
  comment, reply
  follower, subscriber, fan
  tag, label, keyword
  message, note
  photo, picture, photograph, snapshot, shot
  picture, image
  team, squad, side, outfit, club
  match, game, fixture, bout, encounter
  tournament, championship, cup, competition, contest
  title, championship, trophy
  league, division
  victory, win, triumph
  defeat, loss
  draw, tie
  referee, umpire
  stadium, arena, venue, ground, sports hall, hall
  venue, hall, site
  crowd, attendance, turnout, audience
  attendance, crowd size, spectator, visitor number
  round, stage, phase
  player, competitor, contestant, athlete, sportsman, sportsperson
  athlete, competitor, contestant, sportsman, sportsperson
  participant, competitor, contestant, entrant
  rider, cyclist, biker
  driver, motorist
  driver, racer
  runner, racer
  swimmer, athlete
  gamer, player
  candidate, contender, nominee, politician
  applicant, candidate
  party, political group, political party
  vote, ballot
  voter, elector
  constituency, district
  office, post
  crime, offence, offense, felony
  officer, policeman, police officer, cop
  prison, jail, gaol
  inmate, prisoner, convict
  lawyer, attorney, solicitor, barrister, counsel
  court, tribunal
  donation, gift, contribution
  donor, giver, benefactor, contributor
  charity, nonprofit
  volunteer, helper
  bank account, account
  share, stock
  stock, security
  investor, shareholder
  policy, insurance, insurance policy, insurance contract
  contract, agreement
  policy, contract
  lease, contract, tenancy
  plan, tariff, price plan, rate plan, package
  call, phone call, telephone call, conversation
  text, sms
  outage, blackout, power cut
  energy, electricity, power
  consumption, usage
  rainfall, rain, precipitation
  storm, hurricane
  conference, congress, symposium
  event, happening
  attendee, delegate, participant
  organizer, organiser, host
  survey, questionnaire, poll
  answer, response
  respondent, participant
  vacancy, opening, job posting
  absence, leave
  vacation, holiday, leave
  skill, competence, competency, ability
  shift, duty
  supervisor, superior, overseer
  manager, head, boss, chief
  director, head, chief
  workout, exercise, training session
  astronaut, cosmonaut, spaceman
  mission, expedition
  child, kid
  mother, mom, mum
  father, dad
  spouse, partner
  expense, expenditure, spending, outlay
  revenue, turnover, takings, proceeds
  salary, wage, pay, earnings
  rent, rental
  premium, insurance cost
  license plate, licence plate, number plate, plate number, plate, registration number, registration, tag number
  registration, registration number, tail number, license plate, number plate
  mileage, odometer
  seat, place
  nickname, alias, handle, gamertag, screen name
  username, login, user name, handle
  biography, bio
  abstract, summary, synopsis
  headline, title
  birthplace, place of birth, hometown
  rank, ranking, standing
  placement, rank, finish
  edition, version
  release, version
  percentage, share, proportion
  occupation, profession, job, trade
  religion, faith
  blood type, blood group
  dose, dosage
  severity, seriousness
  genre, kind, style
  species, kind, sort
  style, kind
  variety, kind, cultivar
  job title, role, post
  field, discipline, subject, subject area
  topic, subject, subject area
  area, region, district, zone
  neighborhood, neighbourhood, district, quarter
  speciality, specialty, specialism, specialization, specialisation
  running time, playing time, length, duration, runtime
  employee, staff member, member of staff, worker
  worker, labourer, laborer
  site, location, place
  remark, note
  speed, velocity, pace
  position, location, site
  content, text, body
  storey, story, floor, level
  phone, cellphone, cell phone, mobile phone, handset
  institution, organization, organisation
  station, terminal
  race, competition, contest
  competition, contest, match
  height, stature
  nation, country, state
  campus, university, school
  badge, emblem, banner, flag
  certificate, credential, certification
  nickname, moniker, byname
  author, songwriter, composer
  income, revenue, earnings
  populace, population
  percentage, rate, ratio
  colleague, employee
`;

/** What is more general, and what it may stand for where there is but one of all these. */
const GENERAL = `
  customer client patron shopper: owner member guest patient subscriber tenant borrower user buyer bidder passenger policyholder traveler consumer account
  policyholder renter diner subscriber shopper: customer client
  employee worker staff colleague: mechanic technician ranger driver nurse pilot agent engineer officer clerk barista chef keeper operator attendant teacher vet host guide stylist
  company firm business corporation enterprise organisation organization: supplier vendor seller manufacturer maker carrier airline sponsor publisher employer studio agency brand dealer operator provider contractor retailer utility insurer brewery winery producer advertiser exhibitor developer broker client
  location place: base branch depot station office store shop outlet warehouse venue site facility campus clinic
  competitor contestant participant: player athlete rider driver runner swimmer skater skier boxer fighter wrestler gymnast golfer racer jockey sailor
  expert specialist: consultant scientist surveyor
`;

/** Phrase → the others of its groups. */
export const LIKENESSES: ReadonlyMap<string, readonly string[]> = build(ALIKE);
/** General word → what it may stand for. */
export const GENERALITIES: ReadonlyMap<string, readonly string[]> = general(GENERAL);

function lines(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

function build(text: string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const line of lines(text)) {
    const phrases = line.split(', ');
    for (const phrase of phrases) {
      const others = phrases.filter((other) => other !== phrase);
      found.set(phrase, [...new Set([...(found.get(phrase) ?? []), ...others])]);
    }
  }
  return found;
}

function general(text: string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const line of lines(text)) {
    const [above = '', below = ''] = line.split(': ');
    for (const word of above.split(' '))
      found.set(word, [...(found.get(word) ?? []), ...below.split(' ')]);
  }
  return found;
}
