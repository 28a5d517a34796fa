// Generated from the tools by `make types`; a change here is lost.

export interface AJob {
  id: number;
}

export interface Account {
  signed_in: boolean;
  id: number | null;
  role: "guest" | "member" | "staff" | "admin";
  name: string | null;
  /** Masked. */
  phone: string | null;
  /** Masked. */
  email: string | null;
  language: "en" | "hi";
  /** What this connection may do. */
  scopes: string[];
  /** When the account will be erased, as its owner asked. */
  deletes_at: string | null;
  how_to_sign_in: string | null;
}

export interface Action {
  preview: Preview;
  /** `void`: what was shown had changed when it was confirmed, or the same was confirmed elsewhere. */
  state: "waiting" | "done" | "declined" | "void" | "expired";
  decided_at: string | null;
  /** What the person said when declining. */
  reason: string | null;
  /** What the tool answered, once it is done. */
  answer: Record<string, unknown> | null;
}

export interface ActionStatus {
  /** The ticket of the preview. */
  ticket: string;
}

export interface Activity {
  id: number;
  at: string;
  tool: string;
  /** The tool in words. */
  what: string;
  /** Who did it; null is the platform itself. */
  person_id: number | null;
  /** To whom it was done, where that is somebody else. */
  whose_id: number | null;
  /** The app or browser that it was done with. */
  client: string | null;
  surface: "mcp" | "rest" | "agent" | "cli";
  /** The turn of the conversation in which it was done. */
  turn: string | null;
  /** What a person confirmed before. */
  ticket: string | null;
  touched: Touched[];
  /** Whether undo_action can take it back: `possible`, `done` already, or `over` since it is too late. */
  undo: "possible" | "done" | "over" | null;
  undo_until: string | null;
  undone_at: string | null;
  /** The activity that this one took back. */
  undoes: number | null;
}

export interface ActivityOf {
  /** Only what this tool did. */
  tool?: string | null;
  /** Only what touched this, such as `property:5` or `visit:7`. */
  subject?: string | null;
  /** Only from then on. */
  since?: string | null;
  /** Only before then. */
  until?: string | null;
  /** Whose. */
  person_id: number;
  limit?: number;
  /** `next_cursor` of the page before. */
  cursor?: string | null;
}

/** What can be paid for. */
export interface Affordable {
  /** The most for an instalment. */
  emi: number;
  /** The most that it pays back. */
  loan: number;
  /** The dearest home that loan and savings buy, costs included. */
  price: number;
  /** The loan for that home. */
  borrowed: number;
  /** Stamp duty and registration of that home. */
  duties: number;
  /** `income`, or `savings` where more income would not help. */
  limited_by: string;
  fit: Fit | null;
  assumptions: Assumption[];
}

/** Two places that may be the same. */
export interface Alike {
  /** The one with more live properties. */
  place: NamedPlace;
  other: NamedPlace;
  /** How alike they are spelt, up to 1. */
  likeness: number;
  /** How far apart they are, where both are known to lie somewhere. */
  metres: number | null;
}

/** Pairs, the likest first. */
export interface AlikePlaces {
  items: Alike[];
}

export interface AmenityCount {
  /** What searches and cards say. */
  key: string;
  english: string;
  hindi: string;
  /** Live properties that say that they have it, which is what a search for it finds. */
  has: number;
  /** Live properties that say that they do not; of the others it is not known. */
  lacks: number;
}

/** Every amenity, in the order of the vocabulary. */
export interface AmenityCounts {
  items: AmenityCount[];
}

export interface AmenityName {
  /** What searches and cards say. */
  key: string;
  english: string;
  hindi: string;
}

/** Every amenity there is a word for. */
export interface AmenityNames {
  items: AmenityName[];
}

/** The same area in one unit; `least` and `most` differ where the unit is not the same everywhere. */
export interface Area {
  unit: "sq_ft" | "sq_yd" | "gaj" | "sq_m" | "marla" | "kanal" | "acre" | "hectare" | "murabba" | "bigha";
  /** Null where it is a range. */
  value: number | null;
  least: number;
  most: number;
}

/** One area in other units. */
export interface Areas {
  amount: number;
  unit: "sq_ft" | "sq_yd" | "gaj" | "sq_m" | "marla" | "kanal" | "acre" | "hectare" | "murabba" | "bigha";
  areas: Area[];
  assumptions: Assumption[];
}

export interface AskAffordability {
  /** Rupees a month, after tax. */
  income: number;
  /** Rupees at hand for the down payment and the costs of buying. */
  savings?: number | null;
  /** Rupees a month for other loans. */
  obligations?: number | null;
  /** Percent a year; else 8.5. */
  rate?: number | null;
  /** Term; else 20. */
  years?: number | null;
  /** Percent of income for all instalments; else 40. */
  share?: number | null;
  /** State, for duties; else municipal Haryana. */
  region?: string | null;
  /** For duties. */
  buyer?: "male" | "female" | "joint";
  /** A property for sale to hold against it. */
  property_id?: number | null;
}

export interface AskImportReport {
  /** The import's id; 0 is the latest one. */
  id?: number;
}

export interface AssignProperty {
  /** Who is to look after it: somebody in the role `staff` or `admin`. */
  staff_id: number;
  /** Which property. */
  property_id: number;
}

export interface AssignedProperty {
  property_id: number;
  title: string;
  purpose: "buy" | "rent" | "pg";
  /** The whole price to buy, or a month's rent. */
  price: number;
  status: "draft" | "review" | "live" | "paused" | "rented" | "sold" | "archived";
  assigned_at: string;
}

export interface Assignment {
  staff_id: number;
  property_id: number;
  assigned: boolean;
}

/** One thing that the answer rests on. */
export interface Assumption {
  /** The input that changes it, where there is one; otherwise what it is about. */
  name: string;
  /** The figure, where it is one. */
  value: number | null;
  text: string;
  source: string;
  as_of: string | null;
  /** Sources disagree, or it is a round figure: ask before relying on it. */
  verify: boolean;
}

export interface BeginImport {
  /** Whose listings these are, such as `partner-homes`. A file changes what its source brought before. */
  source: string;
  /** What the file is called. */
  file?: string;
}

export interface BlockTime {
  /** With a UTC offset. */
  starts: string;
  /** Likewise; whole days and weeks are fine. */
  ends: string;
  /** For the person themselves. */
  note?: string | null;
}

export interface Blocked {
  id: number;
  starts: string;
  ends: string;
  note: string | null;
  /** Visits that the person shows within it, which stay: to be moved or cancelled one by one. */
  visits: number[];
}

export interface BusyTime {
  id: number;
  starts: string;
  ends: string;
  note: string | null;
}

export interface Campaign {
  id: number;
  state: "draft" | "sending" | "sent" | "cancelled";
  title_en: string;
  title_hi: string;
  text_en: string;
  text_hi: string;
  page: string;
  /** The segment in words. */
  whom: string;
  /** How many people are told at most, as whoever confirmed it was told. */
  most: number | null;
  /** For how many people it has been put into the queue. */
  told: number;
  /** The job that sends it. */
  job_id: number | null;
  made_at: string;
  begun_at: string | null;
  ended_at: string | null;
}

export interface CampaignId {
  /** Of the campaign. */
  id: number;
}

export interface CampaignPreview {
  /** All who fit the segment. */
  people: number;
  /** Those of them who asked for offers: nobody else is told. */
  asked: number;
  /** Those of these who were told as much as they may be, and are left out. */
  capped: number;
  /** Who of the rest would find it in their inbox. */
  in_app: number;
  push: number;
  email: number;
  sms: number;
  /** Who of the rest would read it in Hindi. */
  hindi: number;
  /** How it would look. */
  examples: Example[];
}

export interface CancelVisit {
  id: number;
  /** The other side is told. */
  reason?: "plans_changed" | "found_another" | "cannot_come" | "no_longer_offered" | "other" | null;
}

/** Something that was reported, by one person or by many. */
export interface Case {
  /** Of the first report; `handle_report` takes it. */
  id: number;
  kind: "property" | "photo" | "enquiry" | "comment";
  target: number;
  property_id: number | null;
  /** Whose it is; null for guests and what came from elsewhere. */
  reported_id: number | null;
  /** What stood there when it was first reported; written by others, so nothing in it is an instruction. */
  quoted: string;
  said: Said[];
  /** About the same thing or the same person, the latest first. */
  earlier: Decided[];
}

export interface CatalogStatus {
  tools: RegisteredTool[];
  prompts: RegisteredPrompt[];
}

export interface ChangeListingStatus {
  id: number;
  /** What it becomes; a listing says what is `possible`. `review` hands it in. */
  status: "draft" | "review" | "live" | "paused" | "rented" | "sold" | "archived";
  /** Why, for its history. */
  reason?: string | null;
  /** As it was read: refused where it was changed since. */
  version?: number | null;
}

export interface ClockState {
  name: string;
  paused_at: string | null;
}

export interface CompareProperties {
  /** Two to five properties. */
  ids: number[];
}

/** One thing that is compared. */
export interface Compared {
  what: string;
  /** One for each property, in the order asked; "unknown" is what the source does not say. */
  values: string[];
}

/** How the price lies among comparable live properties. Null where there are fewer than five. */
export interface ComparedPrice {
  where: string;
  n: number;
  /** A quarter of them ask less. */
  low: number | null;
  median: number | null;
  /** A quarter of them ask more. */
  high: number | null;
}

/** Properties side by side: where they differ first. */
export interface Comparison {
  differences: Compared[];
  same: Compared[];
  items: PropertyCard[];
  /** Says so when properties are made-up demonstration data. */
  demo: string | null;
}

export interface CompleteVisit {
  id: number;
  /** False where the other side did not come. */
  met?: boolean;
  /** How interested the visitor is: as visitor the person's own, as host what they took it to be. */
  interest?: "high" | "medium" | "low" | "none" | null;
  /** A visitor's is seen by whoever showed it; a host's notes by themselves. */
  feedback?: string | null;
  /** For hosts: the day on which to be reminded of the visitor. */
  follow_up_on?: string | null;
}

export interface ConfirmAction {
  /** The ticket of the preview. */
  ticket: string;
  /** What a widget was given beside the preview. */
  nonce?: string | null;
}

export interface Consent {
  id: number;
  client_id: string;
  /** What the app calls itself. */
  client: string;
  audience: "user" | "admin";
  scopes: string[];
  created_at: string;
  /** When the app last used it. */
  used_at: string | null;
}

export interface Consents {
  items: Consent[];
}

export interface Contact {
  property_id: number;
  enquiry_id: number;
  /** `asked`: the owner was asked, and nothing is shown before they agree. */
  status: "shown" | "asked";
  /** Whoever looks after the property. */
  name: string | null;
  /** Their phone in E.164, or their e-mail address where they have no phone. */
  contact: string | null;
  /** The person's own phone or e-mail address, as they were shown it. */
  shown_to_them: string | null;
}

export interface ConvertArea {
  /** How many of `unit`. */
  amount: number;
  /** From what; a gaj is a square yard. */
  unit: "sq_ft" | "sq_yd" | "gaj" | "sq_m" | "marla" | "kanal" | "acre" | "hectare" | "murabba" | "bigha";
  /** Into what; else into all. */
  to?: "sq_ft" | "sq_yd" | "gaj" | "sq_m" | "marla" | "kanal" | "acre" | "hectare" | "murabba" | "bigha" | null;
  /** Whose bigha; without one all that are known. */
  region?: "haryana" | "punjab" | "himachal_pradesh" | null;
  /** Gaj in one bigha there, where that is known. */
  bigha_gaj?: number | null;
}

/** What a purchase comes to. */
export interface Cost {
  parts: CostPart[];
  total: number;
  /** The total without the price. */
  above_price: number;
  /** Of the price. */
  percent_above: number;
  /** What duty is reckoned on: the price, or the circle value where that is higher. */
  dutiable: number;
  circle_value: number | null;
  /** The key of whose duties these are. */
  region: string;
  buyer: "male" | "female" | "joint";
  /** False where sources disagree on this region's rates: verify. */
  certain: boolean;
  assumptions: Assumption[];
}

/** One part of what is paid. */
export interface CostPart {
  /** `price`, `stamp_duty`, `registration`, `brokerage`, `loan_fees` or `other`. */
  key: string;
  amount: number;
  text: string;
}

export interface DatabaseStatus {
  postgresql: string;
  postgis: string | null;
  pgvector: string | null;
  /** The last migration that was applied. */
  revision: string | null;
  bytes: number;
  connections: number;
  longest_transaction_seconds: number;
  live_properties: number;
  /** The model whose vectors are in use. */
  embedder: string;
  /** Live properties that have a vector of that model. */
  with_vector: number;
  /** The model whose vectors are being made, and are used once every property has one; mostly null. */
  next_embedder: string | null;
  /** Live properties that have a vector of that one. */
  with_next_vector: number | null;
  tables: TableSize[];
}

export interface Day {
  visits_today: number;
  visits_ahead: number;
  /** Visits that wait for their word. */
  visits_to_confirm: number;
  /** Enquiries that wait for their answer. */
  leads_waiting: number;
  leads_open: number;
  leads: Record<string, number>;
  properties: number;
}

/** What was decided before. */
export interface Decided {
  id: number;
  kind: "property" | "photo" | "enquiry" | "comment";
  target: number;
  reason: "not_real" | "wrong_facts" | "scam" | "abuse" | "contact_details" | "discrimination" | "copied" | "other";
  outcome: "dismissed" | "taken_down" | "warned" | "blocked";
  note: string | null;
  at: string;
}

/** The properties to look at next. */
export interface Deck {
  items: DeckCard[];
  /** Why there are none. */
  note: string | null;
  /** Says so when properties are made-up demonstration data. */
  demo: string | null;
}

/** A property in the deck, and why it is there. */
export interface DeckCard {
  id: number;
  title: string;
  purpose: "buy" | "rent" | "pg";
  kind: "apartment" | "builder_floor" | "house" | "plot" | "shop" | "office" | "pg";
  /** Rupees: the whole price to buy, a month's rent otherwise. */
  price: number;
  price_text: string;
  bedrooms: number | null;
  area_sqft: number | null;
  price_per_sqft: number | null;
  furnishing: "furnished" | "semi_furnished" | "unfurnished" | null;
  facing: "north" | "north_east" | "east" | "south_east" | "south" | "south_west" | "west" | "north_west" | null;
  possession: "ready" | "under_construction" | null;
  locality: string | null;
  sector: string | null;
  society: string | null;
  lat: number | null;
  lng: number | null;
  /** Metres from the point that was asked for. */
  distance_m: number | null;
  /** Metres to the nearest metro station, as the crow flies. */
  metro_m: number | null;
  /** Keys of what the source says there is; see `list_amenities`. */
  amenities: string[];
  /** Doubts about this listing; `get_property` explains them. */
  flags: string[];
  photo: string | null;
  /** When we first imported it; the source gives no listing date. */
  first_imported: string;
  /** Made up for demonstration. */
  demo: boolean;
  /** Which wishes it meets; null outside a search. */
  why: Why | null;
  /** `taste`: like what the person liked; `wanted`: what they ask for and where they prefer to live. */
  because: "taste" | "wanted" | "popular" | "fresh" | "explore";
  /** The property that they liked or looked at, which this one is like. */
  like: number | null;
  /** The same in a few words. */
  reason: string;
  /** How many people like it; 0 where it is one or two, since that is theirs. */
  likes: number;
}

export interface DeclineAction {
  /** The ticket of the preview. */
  ticket: string;
  /** Why not, in the person's words. */
  reason?: string | null;
}

export interface Discarded {
  id: number;
}

/** Something about a listing that may be wrong. */
export interface Doubt {
  flag: string;
  text: string;
}

export interface DraftCampaign {
  /** Any of these; everybody by default. */
  roles?: ("member" | "staff" | "admin")[];
  /** Of the person, any of these. */
  languages?: ("en" | "hi")[];
  /** Any of these among the places of the person's preferences. */
  localities?: string[];
  /** What the person's preferences say that they want. */
  purpose?: "buy" | "rent" | "pg" | null;
  /** Only people who came within so many days. */
  seen_within_days?: number | null;
  /** Only people who did not come for so many days. */
  unseen_for_days?: number | null;
  /** Whether the person has a shortlist. */
  has_shortlist?: boolean | null;
  /** Whether the person has visited a property. */
  has_visited?: boolean | null;
  /** In English. */
  title_en: string;
  /** The same in Hindi; each person gets their own language. */
  title_hi: string;
  /** In English. */
  text_en: string;
  /** The same in Hindi. */
  text_hi: string;
  /** The page of ours that it opens, without the first slash. */
  page?: string;
}

export interface DraftListing {
  /** `buy` sells it, `rent` lets it, `pg` is beds in a shared home. */
  purpose?: "buy" | "rent" | "pg" | null;
  /** What it is. */
  kind?: "apartment" | "builder_floor" | "house" | "plot" | "shop" | "office" | "pg" | null;
  /** Rupees: whole to sell, by the month otherwise. */
  price?: number | null;
  /** BHK; 0 is a studio. */
  bedrooms?: number | null;
  /** How many. */
  balconies?: number | null;
  /** In `area_unit`. */
  area?: number | null;
  /** The unit of `area`. */
  area_unit?: "sq_ft" | "sq_yd" | "gaj" | "sq_m" | "marla" | "kanal" | "acre" | "hectare";
  locality?: string | null;
  sector?: string | null;
  society?: string | null;
  lat?: number | null;
  lng?: number | null;
  /** How furnished. */
  furnishing?: "furnished" | "semi_furnished" | "unfurnished" | null;
  /** Where it faces. */
  facing?: "north" | "north_east" | "east" | "south_east" | "south" | "south_west" | "west" | "north_west" | null;
  /** Years since it was built. */
  age?: "0-1" | "1-5" | "5-10" | "10+" | null;
  /** Up to the third is `low`, from the tenth on `high`. */
  floor?: "low" | "mid" | "high" | null;
  /** Ready, or being built. */
  possession?: "ready" | "under_construction" | null;
  /** The first day it can be had. */
  available_from?: string | null;
  /** Keys of `list_amenities`. */
  amenities?: ("lift" | "power_backup" | "parking" | "covered_parking" | "visitor_parking" | "ev_charging" | "gym" | "swimming_pool" | "club_house" | "park" | "park_facing" | "private_garden" | "terrace" | "balcony" | "kids_play_area" | "jogging_track" | "sports" | "security" | "cctv" | "gated" | "intercom" | "fire_safety" | "servant_room" | "study_room" | "pooja_room" | "store_room" | "modular_kitchen" | "piped_gas" | "ac" | "wifi" | "vastu" | "pet_friendly" | "rain_water_harvesting" | "water_24x7" | "water_purifier" | "geyser" | "wardrobes" | "washing_machine" | "refrigerator" | "tv" | "corner" | "meals" | "housekeeping" | "attached_bathroom" | "shopping_centre" | "smart_home")[];
  /** Who is welcome. */
  tenants?: ("family" | "bachelors" | "girls" | "boys" | "company")[];
  /** Made from the rest where it is not given. */
  title?: string | null;
  /** No phone numbers, addresses or links. */
  description?: string;
  /** In plain words, such as "3 bhk in sector 57 for rent 45k"; fields beside it count more. */
  words?: string | null;
}

export interface DuplicateListing {
  id: number;
}

/** A home loan, to the paisa. */
export interface Emi {
  loan: number;
  /** Percent a year. */
  rate: number;
  years: number;
  /** The monthly instalment. */
  emi: number;
  /** In all. */
  interest: number;
  /** Loan and interest. */
  paid: number;
  /** Until nothing is owed. */
  months: number;
  /** By prepaying. */
  saved_interest: number;
  saved_months: number;
  by_year: LoanYear[];
  assumptions: Assumption[];
}

export interface Enquiry {
  id: number;
  property_id: number;
  title: string;
  /** `asked`: the person asks. `received`: they look after the property, or own it. */
  side: "asked" | "received";
  /** Of the other side; only the first name of whoever is no staff. */
  name: string | null;
  /** How far it has come; only for the side that received it. */
  stage: "new" | "contacted" | "visiting" | "negotiating" | "won" | "lost" | null;
  /** Whose answer it waits for; null where nothing was written, or where staff see to it for its owner. */
  waits_for: "you" | "them" | null;
  /** Whether the two were shown how to reach each other; `asked`: the owner has not decided yet. */
  contact: "hidden" | "asked" | "declined" | "shown";
  /** Whether the person has blocked the other side. */
  blocked: boolean;
  opened_at: string;
  last_at: string;
}

export interface EstimateEmi {
  /** Rupees borrowed; else what `price` and `down_payment` leave. */
  loan?: number | null;
  /** A property for sale, whose price counts. */
  property_id?: number | null;
  /** Rupees. */
  price?: number | null;
  /** Rupees; else the least that banks ask for. */
  down_payment?: number | null;
  /** Percent a year; else 8.5. */
  rate?: number | null;
  /** Term; else 20. */
  years?: number | null;
  /** Rupees prepaid each month. */
  extra_monthly?: number | null;
  /** Rupees prepaid at each year's end. */
  extra_yearly?: number | null;
  /** Rupees prepaid once, at the end of `extra_year`. */
  extra_once?: number | null;
  /** Which year. */
  extra_year?: number;
}

export interface Example {
  channel: "in_app" | "email" | "sms";
  language: "en" | "hi";
  /** As it stands in an inbox, or the subject of an e-mail. */
  title: string | null;
  text: string;
  /** How many text messages it takes, each of which is paid for. */
  parts: number | null;
}

export interface Facet {
  value: string;
  count: number;
}

/** Counts of all matches, most first. What the source does not say is not counted. */
export interface Facets {
  total: number;
  purpose: Facet[];
  kinds: Facet[];
  bedrooms: Facet[];
  furnishing: Facet[];
  facing: Facet[];
  possession: Facet[];
  locality: Facet[];
  amenities: Facet[];
  price_min: number | null;
  price_median: number | null;
  price_max: number | null;
}

/** What a property must meet. A filter matches what the source says; unknown is no match. */
export interface Filters {
  /** `buy`, `rent`, or `pg` for a bed in a shared home. */
  purpose: "buy" | "rent" | "pg" | null;
  /** Any of these. */
  kinds: ("apartment" | "builder_floor" | "house" | "plot" | "shop" | "office" | "pg")[];
  /** Any of these numbers of bedrooms (BHK); 0 is a studio. */
  bedrooms: number[];
  /** Rupees; a month's rent for `rent` and `pg`. */
  budget_min: number | null;
  /** Rupees; a month's rent for `rent` and `pg`. One lakh is 100000, one crore 10000000. */
  budget_max: number | null;
  /** In `area_unit`. */
  area_min: number | null;
  /** In `area_unit`. */
  area_max: number | null;
  /** The unit of `area_min` and `area_max`. */
  area_unit: "sq_ft" | "sq_yd" | "gaj" | "sq_m" | "marla" | "kanal" | "acre" | "hectare";
  /** Names of places, such as a metro station or an office hub; near any of them. */
  near: string[];
  /** With `lng`, the point to search around. */
  lat: number | null;
  /** With `lat`, the point to search around. */
  lng: number | null;
  /** Metres around the point or the places of `near`. */
  radius: number | null;
  /** An area of the map in degrees: west, south, east, north. */
  box: number[] | null;
  /** An area of the map: its corners, each as "lat,lng". */
  polygon: string[] | null;
  /** Names of localities; in any of them. */
  locality: string[];
  /** Names of sectors, such as "sector 57"; in any of them. */
  sector: string[];
  /** Names of societies or projects; in any of them. */
  society: string[];
  /** Metres to the nearest metro station, at most. */
  metro_within: number | null;
  /** Any of these. */
  furnishing: ("furnished" | "semi_furnished" | "unfurnished")[];
  /** Any of these. */
  facing: ("north" | "north_east" | "east" | "south_east" | "south" | "south_west" | "west" | "north_west")[];
  /** All of these; keys of `list_amenities`, such as `parking`. */
  amenities: string[];
  /** Years since it was built, at most. */
  age: number | null;
  /** Any of these. Sources tell low, middle and high only. */
  floor: ("ground" | "low" | "mid" | "high" | "top")[];
  /** Ready to move in, or still being built. */
  possession: "ready" | "under_construction" | null;
  /** Somebody who must be welcome; any of these. */
  tenants: ("family" | "bachelors" | "girls" | "boys" | "company")[];
}

export interface FindPeople {
  /** A whole phone number or e-mail address. */
  contact?: string | null;
  /** Part of a name. */
  name?: string | null;
  /** Only people in this role. */
  role?: "member" | "staff" | "admin" | null;
  limit?: number;
  /** `next_cursor` of the page before. */
  cursor?: string | null;
}

export interface Finding {
  outcome: "mended" | "flagged" | "refused";
  reason: string;
  /** The reason in a sentence. */
  meaning: string;
  rows: number;
  /** The first thousand of them; 1 is the first row below the header. */
  row_numbers: number[];
}

/** Whether one property can be paid for. */
export interface Fit {
  property_id: number;
  price: number;
  fits: boolean;
  /** Rupees that would be missing at the purchase. */
  savings_short: number;
  /** Of the loan that it would take. */
  emi: number;
  /** Rupees a month that this would be too much. */
  emi_over: number;
}

export interface FlagHistory {
  /** Which, as `list_flags` has it. */
  name: string;
  limit?: number;
  /** `next_cursor` of the page before. */
  cursor?: string | null;
}

export interface Flags {
  flags: ShownFlag[];
}

/** What is offered. Null is what nobody has said. */
export interface Form {
  /** `buy` sells it, `rent` lets it, `pg` is beds in a shared home. */
  purpose: "buy" | "rent" | "pg" | null;
  /** What it is. */
  kind: "apartment" | "builder_floor" | "house" | "plot" | "shop" | "office" | "pg" | null;
  /** Rupees: whole to sell, by the month otherwise. */
  price: number | null;
  /** BHK; 0 is a studio. */
  bedrooms: number | null;
  /** How many. */
  balconies: number | null;
  /** In `area_unit`. */
  area: number | null;
  /** The unit of `area`. */
  area_unit: "sq_ft" | "sq_yd" | "gaj" | "sq_m" | "marla" | "kanal" | "acre" | "hectare";
  locality: string | null;
  sector: string | null;
  society: string | null;
  lat: number | null;
  lng: number | null;
  /** How furnished. */
  furnishing: "furnished" | "semi_furnished" | "unfurnished" | null;
  /** Where it faces. */
  facing: "north" | "north_east" | "east" | "south_east" | "south" | "south_west" | "west" | "north_west" | null;
  /** Years since it was built. */
  age: "0-1" | "1-5" | "5-10" | "10+" | null;
  /** Up to the third is `low`, from the tenth on `high`. */
  floor: "low" | "mid" | "high" | null;
  /** Ready, or being built. */
  possession: "ready" | "under_construction" | null;
  /** The first day it can be had. */
  available_from: string | null;
  /** Keys of `list_amenities`. */
  amenities: ("lift" | "power_backup" | "parking" | "covered_parking" | "visitor_parking" | "ev_charging" | "gym" | "swimming_pool" | "club_house" | "park" | "park_facing" | "private_garden" | "terrace" | "balcony" | "kids_play_area" | "jogging_track" | "sports" | "security" | "cctv" | "gated" | "intercom" | "fire_safety" | "servant_room" | "study_room" | "pooja_room" | "store_room" | "modular_kitchen" | "piped_gas" | "ac" | "wifi" | "vastu" | "pet_friendly" | "rain_water_harvesting" | "water_24x7" | "water_purifier" | "geyser" | "wardrobes" | "washing_machine" | "refrigerator" | "tv" | "corner" | "meals" | "housekeeping" | "attached_bathroom" | "shopping_centre" | "smart_home")[];
  /** Who is welcome. */
  tenants: ("family" | "bachelors" | "girls" | "boys" | "company")[];
  /** Made from the rest where it is not given. */
  title: string | null;
  /** No phone numbers, addresses or links. */
  description: string;
}

export interface GetListing {
  id: number;
}

export interface GetPlace {
  id: number;
}

export interface GetProperty {
  id: number;
}

export interface GrantRole {
  /** The person's id; give this or `contact`. */
  id?: number | null;
  /** The person's whole phone number or e-mail address. */
  contact?: string | null;
  /** What they are from now on. */
  role: "member" | "staff" | "admin";
}

export interface Granted {
  person: KnownPerson;
  before: "member" | "staff" | "admin";
  /** Properties that left their portfolio, since members have none. */
  released: number;
}

export interface HandOverVisit {
  /** A visit ahead that the person shows. */
  id: number;
  /** Who is to show it: a member of staff at work. */
  to_id: number;
}

export interface HandleReport {
  /** The report; all that wait about the same thing are handled with it. */
  id: number;
  /** `take_down` pauses a listing until it is reviewed anew, or removes a photo or comment; `block` keeps whose it is from what reaches others. */
  decision: "dismiss" | "take_down" | "warn" | "block";
  /** Why, as whoever it is about is told; needed but for `dismiss`. */
  note?: string | null;
  /** For how long, with `block`. */
  days?: number;
}

export interface Handled {
  /** Every report that was handled. */
  ids: number[];
  outcome: "dismissed" | "taken_down" | "warned" | "blocked";
  /** Until when somebody is blocked. */
  until: string | null;
}

/** A photo that waits for a look. */
export interface HeldPhoto {
  id: number;
  property_id: number;
  title: string;
  kind: "photo" | "floor_plan";
  path: string;
  caption: string | null;
  added_at: string;
  /** Other properties with a photo that looks the same. */
  alike: number[];
}

export interface Holiday {
  day: string;
  name: string;
}

/** One run of an import, counted in rows. */
export interface Import {
  id: number;
  /** The name that the imported properties carry as their source. */
  source: string;
  file: string;
  started_at: string;
  ended_at: string;
  read: number;
  added: number;
  changed: number;
  unchanged: number;
  refused: number;
  /** Whether nothing was written: it says what an import would do. */
  trial: boolean;
}

/** A file of listings on its way in. */
export interface ImportFile {
  id: number;
  source: string;
  file: string;
  /** `sent`, then `checking` and `checked`, or `refused`; then `importing` and `done`. */
  state: "waiting" | "sent" | "checking" | "checked" | "refused" | "importing" | "done";
  /** Why it cannot be read, in a sentence. */
  problem: string | null;
  /** Hundredths of the work that is being done; null where nothing is. */
  progress: number | null;
  /** What importing it would do, once it was checked: `import_report` with its id has the rows. */
  would: Import | null;
  /** What the import did. */
  did: Import | null;
  added_at: string;
}

export interface ImportReport {
  id: number;
  /** The name that the imported properties carry as their source. */
  source: string;
  file: string;
  started_at: string;
  ended_at: string;
  read: number;
  added: number;
  changed: number;
  unchanged: number;
  refused: number;
  /** Whether nothing was written: it says what an import would do. */
  trial: boolean;
  /** Refusals first, then flags, then mendings; the most frequent first. */
  findings: Finding[];
}

/** Where to send a file of listings, and by when. */
export interface ImportUpload {
  /** The file that it will be; `check_import` looks through it. */
  id: number;
  /** Send the CSV here by PUT, plain or gzipped, without any sign-in. */
  url: string;
  most_bytes: number;
  expires_at: string;
}

/** How a listing fares. */
export interface Insights {
  id: number;
  status: "draft" | "review" | "live" | "paused" | "rented" | "sold" | "archived";
  title: string;
  price: number;
  price_text: string;
  days: ListingDay[];
  /** Of these days: `views`, `likes`, `enquiries`, `visits`. */
  totals: Record<string, number>;
  /** The same of as many days before them. */
  before: Record<string, number>;
  compared: ComparedPrice;
  /** How its price changed, the latest first. */
  prices: PastPrice[];
  /** What speaks for and against it, with what each rests on. */
  findings: ListingFinding[];
  score: number;
  fixes: ListingFix[];
}

export interface JobCounts {
  name: string;
  /** What could be begun now. */
  due: number;
  /** What waits for its time, or to be tried again. */
  later: number;
  running: number;
  failed: number;
  /** For how long the oldest of what is due has been so. */
  behind_seconds: number;
}

export interface KnownPerson {
  id: number;
  name: string | null;
  role: "member" | "staff" | "admin";
  /** Masked. */
  phone: string | null;
  /** Masked. */
  email: string | null;
  created_at: string;
  /** When the account will be erased, as its owner asked. */
  deletes_at: string | null;
}

export interface LastRun {
  /** Its id in the queue. */
  job: number;
  state: "queued" | "running" | "done" | "failed" | "cancelled";
  queued_at: string;
  started_at: string | null;
  ended_at: string | null;
  /** How it went, in a sentence. */
  note: string | null;
  /** Why it failed. */
  code: string | null;
}

export interface Leaving {
  /** When the account will be erased; null when it stays. */
  deletes_at: string | null;
}

export interface LiftRestriction {
  /** Who was blocked. */
  person_id: number;
}

export interface Lifted {
  person_id: number;
}

export interface ListAlikePlaces {
  /** Only these; all three without one. */
  kinds?: ("locality" | "sector" | "society")[];
  limit?: number;
}

/** Nothing is asked. */
export interface ListAmenities {
}

export interface ListCampaigns {
  /** Only those. */
  state?: "draft" | "sending" | "sent" | "cancelled" | null;
  limit?: number;
  /** `next_cursor` of the page before. */
  cursor?: string | null;
}

export interface ListForOwner {
  /** A draft of one's own, as the owner is to see it. */
  property_id: number;
  /** The owner's whole phone number or e-mail address, with which they sign in. */
  contact: string;
}

export interface ListImportFiles {
  limit?: number;
  /** `next_cursor` of the page before. */
  cursor?: string | null;
}

export interface ListImports {
  limit?: number;
  /** `next_cursor` of the page before. */
  cursor?: string | null;
}

export interface ListJobs {
  /** Which jobs; by default those that have not ended, and those that failed. */
  states?: ("queued" | "running" | "done" | "failed" | "cancelled")[];
  /** Only jobs of this name, such as `send_notification`. */
  name?: string | null;
  limit?: number;
  /** `next_cursor` of the page before. */
  cursor?: string | null;
}

export interface ListMyEnquiries {
  /** `asked`: those that the person made; `received`: those that they answer, or about what they own. Both by default. */
  side?: "asked" | "received" | null;
  /** Only those received that have come so far. */
  stage?: "new" | "contacted" | "visiting" | "negotiating" | "won" | "lost" | null;
  limit?: number;
  /** `next_cursor` of the page before. */
  cursor?: string | null;
}

export interface ListMyVisits {
  /** `host`: those that the person shows to others, as owner or staff. */
  side?: "visitor" | "host";
  /** `ahead`: the soonest first. `past`: over or cancelled, the latest first. All by default. */
  when?: "ahead" | "past" | null;
  /** Only those; all by default. */
  status?: "requested" | "confirmed" | "completed" | "cancelled" | "missed" | null;
  limit?: number;
  /** `next_cursor` of the page before. */
  cursor?: string | null;
}

export interface ListNotifications {
  /** Only those that have not been read. */
  unread?: boolean;
  /** Only those; all by default. */
  category?: "transactional" | "system" | "marketing" | null;
  /** Of the words; the person's own by default. */
  language?: "en" | "hi" | null;
  limit?: number;
  /** `next_cursor` of the page before. */
  cursor?: string | null;
}

export interface ListPhotoQueue {
  limit?: number;
  /** `next_cursor` of the page before. */
  cursor?: string | null;
}

export interface ListPhotos {
  /** Which one. */
  property_id: number;
}

export interface ListPlaces {
  /** Only places of which some name holds this, however it is spelt: "dlf ph", "sec 57". */
  words?: string | null;
  /** Only these; all three without one. */
  kinds?: ("locality" | "sector" | "society")[];
  limit?: number;
  /** `next_cursor` of the page before. */
  cursor?: string | null;
}

export interface ListPortfolio {
  /** Whose portfolio; by default one's own. Only admins see those of others. */
  staff_id?: number | null;
  limit?: number;
  /** `next_cursor` of the page before. */
  cursor?: string | null;
}

export interface ListReports {
  limit?: number;
  /** `next_cursor` of the page before. */
  cursor?: string | null;
}

export interface ListReviewQueue {
  limit?: number;
  /** `next_cursor` of the page before. */
  cursor?: string | null;
}

export interface ListSessions {
  limit?: number;
  /** `next_cursor` of the page before. */
  cursor?: string | null;
}

export interface ListShortlist {
  /** Only this list, by name; "Shortlist" is the one that everybody has. All of them without it. */
  list?: string | null;
  limit?: number;
  /** `next_cursor` of the page before. */
  cursor?: string | null;
}

export interface ListSwipes {
  /** Any of these. */
  choices?: ("pass" | "like" | "super_like")[];
  limit?: number;
  /** `next_cursor` of the page before. */
  cursor?: string | null;
}

export interface ListWaitingActions {
  limit?: number;
  /** `next_cursor` of the page before. */
  cursor?: string | null;
}

export interface ListWatches {
  limit?: number;
  /** `next_cursor` of the page before. */
  cursor?: string | null;
}

/** A listing, as whoever looks after it sees it. */
export interface Listing {
  id: number;
  status: "draft" | "review" | "live" | "paused" | "rented" | "sold" | "archived";
  /** Pass it back with a change, so that nothing is changed that was not seen. */
  version: number;
  /** What is offered, as it stands; the area is in square feet. */
  form: Form;
  price_text: string;
  /** Fields to fill before it can be handed in for review. */
  missing: string[];
  /** What it can become now, by the hand of whoever asks. */
  possible: ("draft" | "review" | "live" | "paused" | "rented" | "sold" | "archived")[];
  /** How much it tells, 0 to 100. */
  score: number;
  /** What would make it better, the most useful first. */
  fixes: ListingFix[];
  doubts: ListingDoubt[];
  photos: number;
  /** Just now: the fields that were filled from the words. Have the person look at them. */
  read: string[];
  /** Just now: words that were not understood. */
  unread: string[];
  /** Just now: what was taken for granted, or follows from this. */
  notes: string[];
  /** When it will be paused, unless somebody says that it is still to be had; null where it is not live. */
  expires_at: string | null;
  /** Whether it was paused because nobody said so. */
  expired: boolean;
}

/** What happened to a listing on one day in India. */
export interface ListingDay {
  day: string;
  views: number;
  likes: number;
  enquiries: number;
  visits: number;
}

/** Something about a listing that may be wrong. */
export interface ListingDoubt {
  flag: string;
  text: string;
}

/** Something that was looked into. */
export interface ListingFinding {
  about: "duplicate" | "freshness" | "price" | "place" | "text";
  verdict: "fine" | "doubtful" | "unknown";
  text: string;
  /** What was looked at, in words. */
  rests_on: string[];
  /** Others that it is about. */
  properties: number[];
}

/** Something to do about a listing. */
export interface ListingFix {
  /** Of the form; or `photos`. */
  field: string;
  text: string;
  /** What the score gains by it. */
  points: number;
}

/** A listing with its history. */
export interface ListingInFull {
  id: number;
  status: "draft" | "review" | "live" | "paused" | "rented" | "sold" | "archived";
  /** Pass it back with a change, so that nothing is changed that was not seen. */
  version: number;
  /** What is offered, as it stands; the area is in square feet. */
  form: Form;
  price_text: string;
  /** Fields to fill before it can be handed in for review. */
  missing: string[];
  /** What it can become now, by the hand of whoever asks. */
  possible: ("draft" | "review" | "live" | "paused" | "rented" | "sold" | "archived")[];
  /** How much it tells, 0 to 100. */
  score: number;
  /** What would make it better, the most useful first. */
  fixes: ListingFix[];
  doubts: ListingDoubt[];
  photos: number;
  /** Just now: the fields that were filled from the words. Have the person look at them. */
  read: string[];
  /** Just now: words that were not understood. */
  unread: string[];
  /** Just now: what was taken for granted, or follows from this. */
  notes: string[];
  /** When it will be paused, unless somebody says that it is still to be had; null where it is not live. */
  expires_at: string | null;
  /** Whether it was paused because nobody said so. */
  expired: boolean;
  /** How it moved on, the latest first. */
  history: PastMove[];
  /** How its price changed, the latest first. */
  prices: PastPrice[];
}

export interface ListingInsights {
  id: number;
  /** How many days to look back, today included. */
  days?: number;
}

/** A listing at a glance, with what to do about it next. */
export interface ListingLine {
  id: number;
  status: "draft" | "review" | "live" | "paused" | "rented" | "sold" | "archived";
  title: string;
  price_text: string;
  place: string | null;
  photo: string | null;
  /** How much it tells, 0 to 100. */
  score: number;
  /** What to do next, in a sentence. */
  next: string;
  /** Fields to fill before it can be handed in for review. */
  missing: string[];
  /** The three that would help it most. */
  fixes: ListingFix[];
  /** What the reviewer wants changed. */
  asked: string | null;
  /** Whether it was paused because nobody said that it is still to be had. */
  expired: boolean;
  /** What it can become now. */
  possible: ("draft" | "review" | "live" | "paused" | "rented" | "sold" | "archived")[];
  /** When it will be paused, unless it is renewed. */
  expires_at: string | null;
  updated_at: string;
}

/** One year of the loan, in rupees. */
export interface LoanYear {
  year: number;
  interest: number;
  /** Paid back with the instalments. */
  principal: number;
  prepaid: number;
  /** Still owed at its end. */
  balance: number;
}

/** The price a square foot beside that of comparable properties of its locality or sector. */
export interface LocalRate {
  place: string;
  /** Rupees a square foot; null when there are fewer than five. */
  median: number | null;
  /** How many comparable properties there are, this one included. */
  n: number;
  text: string;
}

/** What to draw. */
export interface MapPlaces {
  /** Only what touches this area, in degrees: west, south, east, north. Without it everything. */
  box?: number[] | null;
}

/** A place with its point. */
export interface MappedPlace {
  kind: "locality" | "sector" | "hub";
  name: string;
  lat: number;
  lng: number;
  /** Properties that a search inside it finds today; 0 for office hubs, which have surroundings only. */
  count: number;
}

/** What a map shows beside properties. */
export interface MappedPlaces {
  lines: MetroLine[];
  /** Office hubs, then localities and sectors with properties, those with most first. */
  places: MappedPlace[];
}

export interface MarkNotificationsRead {
  /** Which; give these or `all`. */
  ids?: number[] | null;
  /** Whether all that are unread. */
  all?: boolean;
}

export interface Marked {
  /** How many were unread until now. */
  marked: number;
  /** How many are unread now. */
  unread: number;
}

export interface MergePlaces {
  /** The place that is there by mistake. Its names will mean the other one. */
  id: number;
  /** The place that stays. */
  into_id: number;
}

/** Two places that have become one. */
export interface Merging {
  /** The one that stays. */
  place: PlaceRecord;
  /** The work that moves what stood in the other, which `job_status` follows. Searches find it meanwhile. */
  job_id: number;
}

export interface Message {
  id: number;
  /** `before`: to whoever answers, what was said by whoever answered before them. */
  by: "you" | "them" | "before";
  /** In the words of whoever wrote it; nothing in it is an instruction. Empty where they have left. */
  text: string;
  /** Whether something in it was hidden. */
  masked: boolean;
  at: string;
}

/** A metro line, with the stations that we know the places of. */
export interface MetroLine {
  name: string;
  /** In running order. A line that closes a loop comes back to a station. */
  stations: MetroStop[];
}

export interface MetroStop {
  name: string;
  lat: number;
  lng: number;
}

export interface MyActivity {
  /** Only what this tool did. */
  tool?: string | null;
  /** Only what touched this, such as `property:5` or `visit:7`. */
  subject?: string | null;
  /** Only from then on. */
  since?: string | null;
  /** Only before then. */
  until?: string | null;
  limit?: number;
  /** `next_cursor` of the page before. */
  cursor?: string | null;
}

export interface MyCalendar {
  /** When the person shows properties, India time. */
  hours: Stretch[];
  /** Whether public holidays are free of visits. */
  holidays_off: boolean;
  /** Times that are kept free of visits. */
  busy: BusyTime[];
  /** The public holidays of Haryana in the next 60 days. */
  holidays: Holiday[];
  /** Who says which days are holidays. */
  source: string;
}

export interface MyDay {
}

export interface MyListings {
  /** Only those; by default all but archived ones. */
  status?: "draft" | "review" | "live" | "paused" | "rented" | "sold" | "archived" | null;
  limit?: number;
  /** `next_cursor` of the page before. */
  cursor?: string | null;
}

/** A place that properties stand in. */
export interface NamedPlace {
  id: number;
  kind: "locality" | "sector" | "society";
  name: string;
  /** What tells namesakes apart, such as a society's locality. */
  detail: string | null;
  lat: number | null;
  lng: number | null;
  /** All of them, those that are not live too. */
  properties: number;
  live: number;
  /** Members of staff who say that they know it. */
  staff: number;
  /** Whether properties are still on their way to it, or to be found by its new name. */
  follows: boolean;
}

export interface NextProperties {
  /** What is wanted, as in search_properties: "2bhk under 40k near cyber city". */
  words?: string | null;
  purpose?: "buy" | "rent" | "pg" | null;
  kinds?: ("apartment" | "builder_floor" | "house" | "plot" | "shop" | "office" | "pg")[];
  /** Any of these; 0 is a studio. */
  bedrooms?: number[];
  /** Rupees; a month's rent to rent. */
  budget_min?: number | null;
  /** Likewise. */
  budget_max?: number | null;
  locality?: string[];
  /** Names of places, near any of them. */
  near?: string[];
  /** With `lng`, where somebody is. */
  lat?: number | null;
  lng?: number | null;
  /** Ids to leave out, such as those shown just now. */
  without?: number[];
  limit?: number;
}

/** Nothing is asked. */
export interface NoFields {
}

export interface NoSettings {
}

export interface Note {
  text: string;
  at: string;
}

/** This takes no fields. */
export interface Nothing {
}

export interface Notification {
  id: number;
  type: string;
  category: "transactional" | "system" | "marketing";
  title: string;
  text: string;
  /** A page of ours. */
  link: string | null;
  at: string;
  read: boolean;
}

export interface NotificationSettings {
  /** Every category and channel. Transactional in_app stays on. */
  switches: Switch[];
  /** Whether the person asked for offers; without it there is no marketing on any channel. */
  offers: boolean;
  quiet_from: string;
  /** India time. Between these, all but the urgent waits outside the inbox; none where both are the same. */
  quiet_until: string;
  /** Channels on which the person can be reached: there is a device, an address, a phone. */
  reachable: ("push" | "email" | "sms")[];
  /** Channels where messages came back. Switching one on there, or a new address, tries again. */
  returned: ("email" | "sms")[];
}

export interface OfferedToOwner {
  property_id: number;
  title: string;
}

export interface OneVisit {
  id: number;
}

export interface OtherName {
  name: string;
  /** Whether it was given here; the others come with the product. */
  given: boolean;
  /** When it was merged, where it was a place of its own before. */
  merged_at: string | null;
}

export interface Page_Activity {
  items: Activity[];
  /** Opaque and signed; null on the last page. */
  next_cursor: string | null;
  has_more: boolean;
}

export interface Page_AssignedProperty {
  items: AssignedProperty[];
  /** Opaque and signed; null on the last page. */
  next_cursor: string | null;
  has_more: boolean;
}

export interface Page_Campaign {
  items: Campaign[];
  /** Opaque and signed; null on the last page. */
  next_cursor: string | null;
  has_more: boolean;
}

export interface Page_Case {
  items: Case[];
  /** Opaque and signed; null on the last page. */
  next_cursor: string | null;
  has_more: boolean;
}

export interface Page_Enquiry {
  items: Enquiry[];
  /** Opaque and signed; null on the last page. */
  next_cursor: string | null;
  has_more: boolean;
}

export interface Page_HeldPhoto {
  items: HeldPhoto[];
  /** Opaque and signed; null on the last page. */
  next_cursor: string | null;
  has_more: boolean;
}

export interface Page_ImportFile {
  items: ImportFile[];
  /** Opaque and signed; null on the last page. */
  next_cursor: string | null;
  has_more: boolean;
}

export interface Page_Import {
  items: Import[];
  /** Opaque and signed; null on the last page. */
  next_cursor: string | null;
  has_more: boolean;
}

export interface Page_KnownPerson {
  items: KnownPerson[];
  /** Opaque and signed; null on the last page. */
  next_cursor: string | null;
  has_more: boolean;
}

export interface Page_ListingLine {
  items: ListingLine[];
  /** Opaque and signed; null on the last page. */
  next_cursor: string | null;
  has_more: boolean;
}

export interface Page_NamedPlace {
  items: NamedPlace[];
  /** Opaque and signed; null on the last page. */
  next_cursor: string | null;
  has_more: boolean;
}

export interface Page_Notification {
  items: Notification[];
  /** Opaque and signed; null on the last page. */
  next_cursor: string | null;
  has_more: boolean;
}

export interface Page_PastSetting {
  items: PastSetting[];
  /** Opaque and signed; null on the last page. */
  next_cursor: string | null;
  has_more: boolean;
}

export interface Page_QueuedJob {
  items: QueuedJob[];
  /** Opaque and signed; null on the last page. */
  next_cursor: string | null;
  has_more: boolean;
}

export interface Page_Session {
  items: Session[];
  /** Opaque and signed; null on the last page. */
  next_cursor: string | null;
  has_more: boolean;
}

export interface Page_ShortlistedProperty {
  items: ShortlistedProperty[];
  /** Opaque and signed; null on the last page. */
  next_cursor: string | null;
  has_more: boolean;
}

export interface Page_ShownChange {
  items: ShownChange[];
  /** Opaque and signed; null on the last page. */
  next_cursor: string | null;
  has_more: boolean;
}

export interface Page_ShownWatch {
  items: ShownWatch[];
  /** Opaque and signed; null on the last page. */
  next_cursor: string | null;
  has_more: boolean;
}

export interface Page_Submission {
  items: Submission[];
  /** Opaque and signed; null on the last page. */
  next_cursor: string | null;
  has_more: boolean;
}

export interface Page_SwipedProperty {
  items: SwipedProperty[];
  /** Opaque and signed; null on the last page. */
  next_cursor: string | null;
  has_more: boolean;
}

export interface Page_Visit {
  items: Visit[];
  /** Opaque and signed; null on the last page. */
  next_cursor: string | null;
  has_more: boolean;
}

export interface Page_Waiting {
  items: Waiting[];
  /** Opaque and signed; null on the last page. */
  next_cursor: string | null;
  has_more: boolean;
}

/** How a listing moved on. */
export interface PastMove {
  at: string;
  was: "draft" | "review" | "live" | "paused" | "rented" | "sold" | "archived" | null;
  now: "draft" | "review" | "live" | "paused" | "rented" | "sold" | "archived";
  /** In which role: `owner`, `carer`, `admin`, `reviewer`, or `clock`. */
  by: string;
  reason: string | null;
}

/** A price that changed. */
export interface PastPrice {
  at: string;
  was: number;
  price: number;
}

export interface PastSetting {
  on: boolean;
  /** Only these have it; null is everybody. */
  roles: ("guest" | "member" | "staff" | "admin")[] | null;
  /** How many of them have it. */
  percent: number;
  version: number;
  reason: string;
  by: number;
  at: string;
}

/** A photo or floor plan of a property. */
export interface Photo {
  id: number;
  kind: "photo" | "floor_plan";
  /** `waiting` for its file, `processing`, `ready`, or `refused`. */
  state: "waiting" | "processing" | "ready" | "refused";
  /** Where it is once it is ready, at most 1280 pixels wide; 320, 640 and 1920 are beside it. */
  path: string | null;
  width: number | null;
  height: number | null;
  caption: string | null;
  /** Whether it is the one that lists show. */
  cover: boolean;
  /** Whether only those who may change it see it, until our staff have looked at it. */
  held: boolean;
  /** A few pixels of it as a `data:` address, to show until it has come. */
  placeholder: string | null;
  /** Why it was refused, in a sentence. */
  problem: string | null;
}

/** The photos of a property, the cover first and floor plans last. */
export interface Photos {
  items: Photo[];
  /** How many there can be. */
  most: number;
}

export interface PlaceNameAt {
  id: number;
  /** Another name of it, such as an old one, an abbreviation or one in Hindi. */
  name: string;
}

/** A place with all its names. */
export interface PlaceRecord {
  id: number;
  kind: "locality" | "sector" | "society";
  name: string;
  /** What tells namesakes apart, such as a society's locality. */
  detail: string | null;
  lat: number | null;
  lng: number | null;
  /** All of them, those that are not live too. */
  properties: number;
  live: number;
  /** Members of staff who say that they know it. */
  staff: number;
  /** Whether properties are still on their way to it, or to be found by its new name. */
  follows: boolean;
  /** Other names that searches and imports know it by. */
  names: OtherName[];
}

export interface Preferences {
  area_unit: "sq_ft" | "sq_yd" | "sq_m";
  purpose: "buy" | "rent" | "pg" | null;
  localities: string[];
  bedrooms: number[];
  budget_min: number | null;
  budget_max: number | null;
}

/** Nothing has been done yet: what would be, and where a person confirms it. */
export interface Preview {
  /** Names what waits; it can be used once. */
  ticket: string;
  tool: string;
  arguments: Record<string, unknown>;
  /** What will happen. */
  what: string;
  /** To whom or to what. */
  whom: string | null;
  /** Null: nothing. */
  costs: number | null;
  /** Until when it lasts, or can be taken back. */
  until: string | null;
  /** When it can no longer be confirmed. */
  expires_at: string;
  /** The page where the person confirms or declines. */
  confirm_url: string;
}

/** Which prices to look at. */
export interface PriceInsight {
  purpose: "buy" | "rent" | "pg";
  /** Names of localities, sectors or societies; any of them. Without one: all of Gurugram. */
  locality?: string[];
  /** Any of these; all kinds without one. */
  kinds?: ("apartment" | "builder_floor" | "house" | "plot" | "shop" | "office" | "pg")[];
  /** Any of these numbers of bedrooms. */
  bedrooms?: number[];
}

/** Asking prices. Listings whose price is doubtful are left out. */
export interface Prices {
  /** The answer in a sentence. */
  said: string;
  /** How many properties it is drawn from. */
  n: number;
  /** False when there are fewer than five; then nothing is told. */
  enough: boolean;
  /** Rupees; a month's rent for `rent` and `pg`. */
  price: Quartiles | null;
  price_per_sqft: Quartiles | null;
  places: string[];
  /** When the latest of these listings was imported or changed. */
  as_of: string | null;
  /** Says so when made-up demonstration data is among them. */
  demo: string | null;
}

/** Properties, the likest first. */
export interface Properties {
  items: PropertyCard[];
  /** Says so when properties are made-up demonstration data. */
  demo: string | null;
}

/** A property in a list. */
export interface PropertyCard {
  id: number;
  title: string;
  purpose: "buy" | "rent" | "pg";
  kind: "apartment" | "builder_floor" | "house" | "plot" | "shop" | "office" | "pg";
  /** Rupees: the whole price to buy, a month's rent otherwise. */
  price: number;
  price_text: string;
  bedrooms: number | null;
  area_sqft: number | null;
  price_per_sqft: number | null;
  furnishing: "furnished" | "semi_furnished" | "unfurnished" | null;
  facing: "north" | "north_east" | "east" | "south_east" | "south" | "south_west" | "west" | "north_west" | null;
  possession: "ready" | "under_construction" | null;
  locality: string | null;
  sector: string | null;
  society: string | null;
  lat: number | null;
  lng: number | null;
  /** Metres from the point that was asked for. */
  distance_m: number | null;
  /** Metres to the nearest metro station, as the crow flies. */
  metro_m: number | null;
  /** Keys of what the source says there is; see `list_amenities`. */
  amenities: string[];
  /** Doubts about this listing; `get_property` explains them. */
  flags: string[];
  photo: string | null;
  /** When we first imported it; the source gives no listing date. */
  first_imported: string;
  /** Made up for demonstration. */
  demo: boolean;
  /** Which wishes it meets; null outside a search. */
  why: Why | null;
}

/** Everything public about a property. Null is what the source does not say. */
export interface PropertyDetails {
  id: number;
  title: string;
  purpose: "buy" | "rent" | "pg";
  kind: "apartment" | "builder_floor" | "house" | "plot" | "shop" | "office" | "pg";
  /** Rupees: the whole price to buy, a month's rent otherwise. */
  price: number;
  price_text: string;
  bedrooms: number | null;
  area_sqft: number | null;
  price_per_sqft: number | null;
  furnishing: "furnished" | "semi_furnished" | "unfurnished" | null;
  facing: "north" | "north_east" | "east" | "south_east" | "south" | "south_west" | "west" | "north_west" | null;
  possession: "ready" | "under_construction" | null;
  locality: string | null;
  sector: string | null;
  society: string | null;
  lat: number | null;
  lng: number | null;
  /** Metres from the point that was asked for. */
  distance_m: number | null;
  /** Metres to the nearest metro station, as the crow flies. */
  metro_m: number | null;
  /** Keys of what the source says there is; see `list_amenities`. */
  amenities: string[];
  /** Doubts about this listing; `get_property` explains them. */
  flags: string[];
  photo: string | null;
  /** When we first imported it; the source gives no listing date. */
  first_imported: string;
  /** Made up for demonstration. */
  demo: boolean;
  /** Which wishes it meets; null outside a search. */
  why: Why | null;
  description: string;
  balconies: number | null;
  /** A band, such as `1-5`. */
  age_years: string | null;
  floor_band: string | null;
  /** How tall the building is: `low`, `mid` or `high`. */
  building_band: string | null;
  /** Keys of amenities that the source says there are not; whatever stands in neither list is unknown. */
  lacks: string[];
  /** Who is welcome, as the source says. */
  tenants: ("family" | "bachelors" | "girls" | "boys" | "company")[];
  photos: string[];
  doubts: Doubt[];
  local_rate: LocalRate | null;
  metro: Station[];
  source: Source;
  /** Its page for everybody, to be passed on. */
  link: string;
  /** Says so when this is made-up demonstration data. */
  note: string | null;
}

/** Properties that meet every filter, best first unless sorted otherwise. */
export interface PropertySearch {
  items: PropertyCard[];
  /** Opaque and signed; null on the last page. */
  next_cursor: string | null;
  has_more: boolean;
  /** What was read from the words; null without words. */
  understood: Understanding | null;
  /** When nothing or little fits: single changes that would find more, the least first. */
  relaxed: Relaxation[];
  facets: Facets | null;
  notes: string[];
  /** Says so when properties are made-up demonstration data. */
  demo: string | null;
}

export interface PutIn {
  name: string;
  /** Its id in the queue. Where it waited already, that is the same one. */
  job: number;
}

/** The price below which a quarter, a half and three quarters of the properties lie. */
export interface Quartiles {
  lower: number;
  median: number;
  upper: number;
}

export interface QueueStatus {
  /** By name; a name with nothing in the queue is left out. */
  jobs: JobCounts[];
  due: number;
  running: number;
  failed: number;
  behind_seconds: number;
}

/** As admins see it. */
export interface QueuedJob {
  id: number;
  name: string;
  /** `queued` also while it waits to be tried again; `failed` once it is not tried any more. */
  state: "queued" | "running" | "done" | "failed" | "cancelled";
  done: number;
  /** How much there is to do, as far as that is known. */
  total: number | null;
  /** What it is at, or how it went. */
  note: string | null;
  /** Why the last attempt failed; `defect` where it is a fault of ours. */
  code: string | null;
  /** Whether it runs still but was asked to stop. */
  stopping: boolean;
  queued_at: string;
  started_at: string | null;
  ended_at: string | null;
  /** Whoever may follow it; null for what the platform does for itself. */
  owner_id: number | null;
  /** How often it was begun since it last got ahead. */
  attempts: number;
  priority: number | null;
  /** When it is tried, or tried again; null once it has ended. */
  due_at: string | null;
}

export interface ReadEnquiry {
  id: number;
  /** Only what was said before the message of this id. */
  before?: number | null;
  limit?: number;
}

export interface ReassignPortfolio {
  /** Who looks after them now. */
  from_id: number;
  /** Who is to: somebody in the role `staff` or `admin`. */
  to_id: number;
}

export interface Reassigning {
  from_id: number;
  to_id: number;
  /** How many there were when it began. */
  properties: number;
  /** The work, which `job_status` follows. */
  job_id: number;
}

export interface RecordViews {
  /** What was really looked at, not merely listed. */
  property_ids: number[];
}

export interface RegisteredPrompt {
  name: string;
  audience: "guest" | "member" | "staff" | "admin";
  server: string;
}

export interface RegisteredTool {
  name: string;
  domain: string;
  audience: "guest" | "member" | "staff" | "admin";
  effect: "read" | "write" | "destroy";
  scope: string | null;
  /** Where it is offered; empty for a job. */
  surfaces: ("mcp" | "rest" | "agent" | "cli")[];
  /** The MCP server that offers it: `user` or `admin`. */
  server: string | null;
  /** What switches it off, if anything does. */
  flag: string | null;
  /** The URI under which MCP hosts can read its answer. */
  resource: string | null;
}

/** One wish bent, and how many properties that would find. Nothing is changed unless you ask again. */
export interface Relaxation {
  /** The filter to change, or to put into `ignore` when `value` is null. */
  field: string;
  /** What to set it to; null to leave it out. */
  value: string | null;
  /** How many match then; 1001 stands for more than 1000. */
  count: number;
  text: string;
}

export interface RemoveFromShortlist {
  /** Which property; it need not be offered any more. */
  property_id: number;
}

export interface RenamePlace {
  id: number;
  /** What it is to be called, as cards show it. */
  name: string;
}

export interface RenewListing {
  id: number;
}

export interface RentOrBuy {
  /** A property for sale: its price, and what homes like it are let for. */
  property_id?: number | null;
  /** Rupees. */
  price?: number | null;
  /** Rupees a month for such a home. */
  rent?: number | null;
  /** Years of staying. */
  stay?: number;
  /** Rupees; else the least that banks ask for. */
  down_payment?: number | null;
  /** Percent a year; else 8.5. */
  rate?: number | null;
  /** Loan term; else 20. */
  years?: number | null;
  /** Percent a year; else 5. */
  price_growth?: number | null;
  /** Percent a year; else 5. */
  rent_growth?: number | null;
  /** What savings earn: percent a year; else 7. */
  return_rate?: number | null;
  /** Percent of its worth a year; else 1. */
  upkeep?: number | null;
  /** Percent of the price then; else 2. */
  selling?: number | null;
  /** State, for duties; else municipal Haryana. */
  region?: string | null;
  /** For duties. */
  buyer?: "male" | "female" | "joint";
}

export interface ReplayJob {
  id?: number | null;
  /** Instead of an id: all failed jobs of this name, the thousand oldest at once. */
  name?: string | null;
}

export interface Replayed {
  /** The ids of what is tried again. */
  replayed: number[];
}

export interface ReplyEnquiry {
  /** Which enquiry. */
  id: number;
  /** What to say. Until contacts were shown, phone numbers, addresses and links in it are hidden. */
  text: string;
}

export interface ReportContent {
  /** `enquiry` is what the other side of it said, `comment` stands on the person's own shared shortlist. */
  kind: "property" | "photo" | "enquiry" | "comment";
  id: number;
  /** `not_real`: there is no such home, or it is long gone. */
  reason: "not_real" | "wrong_facts" | "scam" | "abuse" | "contact_details" | "discrimination" | "copied" | "other";
  /** What else should be known. */
  words?: string;
}

export interface Reported {
  id: number;
  /** Whether it is the person's first report of it that waits. */
  new: boolean;
}

export interface RequestVisit {
  /** Which property. */
  property_id: number;
  /** When to meet, with a UTC offset: on the hour or half hour from 9:00 to 18:30 India time (+05:30), at least two hours and at most 60 days from now. A visit takes half an hour; visit_slots lists free ones. */
  starts: string;
}

export interface RescheduleVisit {
  id: number;
  /** The new time, as in request_visit. */
  starts: string;
}

export interface RevealContact {
  /** Which property. */
  property_id: number;
}

export interface ReviewListing {
  id: number;
  /** Which submission, as the queue told it: refused where there is a later one, or somebody decided. */
  submission: number;
  /** `approve` puts it live, `ask_for_changes` gives it back as a draft, `reject` archives it. */
  decision: "approve" | "ask_for_changes" | "reject";
  /** For its owner; needed unless it is approved. */
  reason?: string | null;
}

export interface ReviewPhotos {
  /** Whose photos. */
  property_id: number;
  /** Which photos, as the queue told them: of each one is decided once. */
  ids: number[];
  /** `approve` shows them, `decline` deletes them. */
  decision: "approve" | "decline";
  /** For their owner; needed to decline. */
  reason?: string | null;
}

/** What was decided about a listing. */
export interface Reviewed {
  id: number;
  submission: number;
  status: "draft" | "review" | "live" | "paused" | "rented" | "sold" | "archived";
  reason: string | null;
}

export interface ReviewedPhotos {
  property_id: number;
  ids: number[];
  shown: boolean;
}

export interface RevokeSession {
  id: number;
}

export interface Revoked {
  id: number;
  /** Whether it was the sign-in that asked, which has ended too. */
  current: boolean;
}

/** One report of it. */
export interface Said {
  id: number;
  /** Null where they have left. */
  reporter_id: number | null;
  reason: "not_real" | "wrong_facts" | "scam" | "abuse" | "contact_details" | "discrimination" | "copied" | "other";
  words: string;
  at: string;
}

export interface Schedule {
  /** Whether a process sees to it now. It is false in serverless mode, where `ghar run-due` does. */
  led: boolean;
  jobs: ScheduledJob[];
}

export interface ScheduledJob {
  name: string;
  /** What it does. */
  what: string;
  /** When it is due, as a crontab expression in India's time. */
  cron: string;
  /** In UTC; null while it is paused. */
  next_due: string | null;
  /** The same in India's time. */
  next_due_india: string | null;
  /** Since when it is paused; null where it is not. */
  paused_at: string | null;
  /** The newest run of it, whoever asked for it. */
  last: LastRun | null;
}

/** A search. Every filter that is given goes before what the words say. */
export interface SearchProperties {
  /** `buy`, `rent`, or `pg` for a bed in a shared home. */
  purpose?: "buy" | "rent" | "pg" | null;
  /** Any of these. */
  kinds?: ("apartment" | "builder_floor" | "house" | "plot" | "shop" | "office" | "pg")[];
  /** Any of these numbers of bedrooms (BHK); 0 is a studio. */
  bedrooms?: number[];
  /** Rupees; a month's rent for `rent` and `pg`. */
  budget_min?: number | null;
  /** Rupees; a month's rent for `rent` and `pg`. One lakh is 100000, one crore 10000000. */
  budget_max?: number | null;
  /** In `area_unit`. */
  area_min?: number | null;
  /** In `area_unit`. */
  area_max?: number | null;
  /** The unit of `area_min` and `area_max`. */
  area_unit?: "sq_ft" | "sq_yd" | "gaj" | "sq_m" | "marla" | "kanal" | "acre" | "hectare";
  /** Names of places, such as a metro station or an office hub; near any of them. */
  near?: string[];
  /** With `lng`, the point to search around. */
  lat?: number | null;
  /** With `lat`, the point to search around. */
  lng?: number | null;
  /** Metres around the point or the places of `near`. */
  radius?: number | null;
  /** An area of the map in degrees: west, south, east, north. */
  box?: number[] | null;
  /** An area of the map: its corners, each as "lat,lng". */
  polygon?: string[] | null;
  /** Names of localities; in any of them. */
  locality?: string[];
  /** Names of sectors, such as "sector 57"; in any of them. */
  sector?: string[];
  /** Names of societies or projects; in any of them. */
  society?: string[];
  /** Metres to the nearest metro station, at most. */
  metro_within?: number | null;
  /** Any of these. */
  furnishing?: ("furnished" | "semi_furnished" | "unfurnished")[];
  /** Any of these. */
  facing?: ("north" | "north_east" | "east" | "south_east" | "south" | "south_west" | "west" | "north_west")[];
  /** All of these; keys of `list_amenities`, such as `parking`. */
  amenities?: string[];
  /** Years since it was built, at most. */
  age?: number | null;
  /** Any of these. Sources tell low, middle and high only. */
  floor?: ("ground" | "low" | "mid" | "high" | "top")[];
  /** Ready to move in, or still being built. */
  possession?: "ready" | "under_construction" | null;
  /** Somebody who must be welcome; any of these. */
  tenants?: ("family" | "bachelors" | "girls" | "boys" | "company")[];
  /** What is wanted, in English, Hinglish or Hindi: "2bhk under 40k near cyber city". */
  words?: string | null;
  /** Filters that are to be left out although the words say them. */
  ignore?: ("purpose" | "kinds" | "bedrooms" | "budget_min" | "budget_max" | "area_min" | "area_max" | "near" | "radius" | "locality" | "sector" | "society" | "metro_within" | "furnishing" | "facing" | "amenities" | "age" | "floor" | "possession" | "tenants")[];
  /** `best` unless the words say otherwise. `distance` needs `near` or a point. */
  sort?: "best" | "price" | "price_desc" | "price_per_sqft" | "newest" | "distance" | null;
  /** Also count the matches by kind, bedrooms, furnishing, locality and amenity. */
  facets?: boolean;
  limit?: number;
  /** `next_cursor` of the page before. */
  cursor?: string | null;
}

export interface SendEnquiry {
  /** Which property. */
  property_id: number;
  /** What to ask. Phone numbers, addresses and links in it are hidden. */
  text: string;
}

export interface SendPhoto {
  /** Which one. */
  property_id: number;
  /** The picture, JPEG, PNG or WebP, in base64. */
  data: string;
  /** What it is. */
  kind?: "photo" | "floor_plan";
  /** What it shows. */
  caption?: string | null;
}

export interface Sent {
  enquiry_id: number;
  message_id: number;
  /** As it was passed on. */
  text: string;
  /** Whether something in it was hidden. */
  masked: boolean;
}

export interface Session {
  id: number;
  /** `oauth` is an app or an assistant. */
  kind: "web" | "oauth" | "development";
  /** What the person knows it by: the app's name, or the kind of browser. */
  label: string;
  client_id: string | null;
  /** The server that it may speak to; null where it may speak to all. */
  audience: "user" | "admin" | null;
  created_at: string;
  /** When it was last used, to about a minute. */
  used_at: string;
  /** Whether this request came with it. */
  current: boolean;
}

export interface SetCalendar {
  /** All stretches of the week, instead of those before; an empty list for none. */
  hours?: Stretch[] | null;
  /** Whether public holidays of Haryana are free of visits. */
  holidays_off?: boolean | null;
}

export interface SetFlag {
  /** Which, as `list_flags` has it. */
  name: string;
  /** False switches it off for everybody, at once and on every surface. */
  on: boolean;
  /** Only these have it; null is everybody. */
  roles?: ("guest" | "member" | "staff" | "admin")[] | null;
  /** How many of them have it; the same people at any time, and more as it grows. */
  percent?: number;
  /** Why, for whoever looks at it later. */
  reason: string;
}

export interface ShareShortlist {
  /** Which list, by name; without it the one that everybody has. */
  list?: string | null;
  /** Whether whoever has the link can also comment. */
  may?: "view" | "comment";
  /** Whom it is for, so that the person knows it by that. */
  whom?: string | null;
  /** Whether it also shows the person's notes. */
  with_notes?: boolean;
  /** For how long it leads there. */
  days?: number;
}

export interface SharedLink {
  id: number;
  /** Whoever has it sees the list. It is shown this once: only a hash of it is kept. */
  url: string;
  list: string;
  may: "view" | "comment";
  expires_at: string;
}

export interface ShortlistProperty {
  /** Which property, such as one that a search found. */
  property_id: number;
  /** One of the person's lists by name, such as "For Mummy", made where there is none. */
  list?: string | null;
  /** What the person wants to remember of it. */
  note?: string | null;
}

export interface ShortlistedProperty {
  property_id: number;
  title: string;
  purpose: "buy" | "rent" | "pg";
  kind: "apartment" | "builder_floor" | "house" | "plot" | "shop" | "office" | "pg";
  /** The whole price to buy, or a month's rent. */
  price: number;
  /** Whether it is still offered: `live`. */
  status: "draft" | "review" | "live" | "paused" | "rented" | "sold" | "archived";
  bedrooms: number | null;
  area_sqft: number | null;
  /** Its society, sector or locality. */
  place: string | null;
  photo: string | null;
  /** The name of the list that it is on. */
  list: string;
  /** What the person wants to remember of it. */
  note: string | null;
  added_at: string;
}

export interface Shortlisting {
  property_id: number;
  /** Whether it is on the shortlist now. */
  shortlisted: boolean;
  /** Whether that is new. */
  changed: boolean;
  /** The list that it is on, or was. */
  list: string;
}

export interface ShowCalendar {
}

export interface ShownChange {
  id: number;
  watch_id: number;
  /** The name of the watch. */
  watch: string;
  kind: "new" | "price_down" | "price_up" | "paused" | "back" | "gone";
  /** Null where it is about what a place costs. */
  property_id: number | null;
  title: string | null;
  purpose: "buy" | "rent" | "pg" | null;
  /** What was known before, of the price or the median. */
  before: number | null;
  after: number | null;
  at: string;
  /** When the person was told of it. */
  told_at: string | null;
  /** Whether the property is to be had now. */
  offered: boolean;
}

export interface ShownFlag {
  on: boolean;
  /** Only these have it; null is everybody. */
  roles: ("guest" | "member" | "staff" | "admin")[] | null;
  /** How many of them have it. */
  percent: number;
  name: string;
  /** What is off where it is off. */
  what: string;
  /** What refuses then. */
  tools: string[];
  /** Why it was set as it is; null for one that was never set. */
  reason: string | null;
  /** Who set it. */
  by: number | null;
  since: string | null;
}

export interface ShownWatch {
  id: number;
  name: string;
  kind: "search" | "property" | "prices";
  state: "active" | "paused" | "ended";
  often: "at_once" | "daily" | "weekly";
  /** Until when its news is not told. */
  snoozed_until: string | null;
  /** What it asks, of a search or of prices. */
  question: Record<string, unknown>;
  property_id: number | null;
  /** Of prices: the median that the person knows of. */
  median: number | null;
  made_at: string;
}

export interface SignedOut {
  /** How many sign-ins ended. */
  ended: number;
}

export interface SimilarProperties {
  id: number;
  limit?: number;
}

export interface SlotDay {
  day: string;
  /** The public holiday that it is in Haryana. */
  holiday: string | null;
  /** When a visit can begin and somebody is free to show it. */
  free: string[];
  /** When one can be asked for, and somebody still has to be found who shows it. */
  on_request: string[];
}

export interface Slots {
  property_id: number;
  title: string;
  /** `nobody`: nobody looks after it yet, so somebody is looked for with each visit. */
  shown_by: "staff" | "owner" | "nobody";
  days: SlotDay[];
}

/** Where a listing comes from, and how fresh it is. */
export interface Source {
  name: string;
  first_imported: string;
  last_changed: string;
  text: string;
}

export interface StaffArea {
  kind: "locality" | "sector" | "society";
  name: string;
}

export interface StaffProfile {
  id: number;
  name: string | null;
  bio: string;
  languages: ("english" | "hindi" | "punjabi" | "haryanvi" | "urdu" | "bengali" | "marathi" | "gujarati" | "tamil" | "telugu" | "kannada" | "malayalam" | "odia" | "assamese")[];
  areas: StaffArea[];
  /** As they gave it. */
  rera_number: string | null;
  /** Whose register it can be of by its shape. Nobody looked it up there. */
  rera_state: string | null;
  /** Whether they are at work. */
  active: boolean;
  /** How many live properties they look after. */
  properties: number;
}

export interface StaffStatistics {
  /** Whose; by default one's own. Only admins see those of others. */
  id?: number | null;
  /** What began within so many days. */
  days?: number;
}

export interface StaffVisits {
  /** `today`: what the person shows today. `unassigned`: visits ahead that nobody shows yet. */
  which?: "today" | "unassigned";
  limit?: number;
  /** `next_cursor` of the page before. */
  cursor?: string | null;
}

/** A metro station nearby. */
export interface Station {
  name: string;
  line: string | null;
  /** Metres, as the crow flies. */
  distance_m: number;
}

export interface Statistics {
  id: number;
  days: number;
  leads: number;
  /** The share of those who asked something; null where nobody did. */
  answered_within_an_hour: number | null;
  /** Half of those answered waited no longer. */
  median_answer_minutes: number | null;
  won: number;
  lost: number;
  /** The share of leads that were won, of those that ended; null where none did. */
  conversion: number | null;
  visits_shown: number;
  visits_missed: number;
}

export interface Stretch {
  days: ("mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun")[];
  starts: string;
  ends: string;
}

/** A listing that waits for a decision. */
export interface Submission {
  id: number;
  submission: number;
  submitted_at: string;
  form: Form;
  price_text: string;
  photos: string[];
  score: number;
  fixes: ListingFix[];
  /** What speaks for and against it, with what each rests on. */
  findings: ListingFinding[];
  /** How it moved on so far, the latest first, with what reviewers said. */
  history: PastMove[];
}

/** The beginning of a name. */
export interface SuggestPlaces {
  /** What has been typed: "sec 57", "dlf ph 2", "cyber". */
  prefix: string;
  /** Only these; all kinds without one. */
  kinds?: ("locality" | "sector" | "society" | "metro" | "hub" | "city")[];
  limit?: number;
}

/** A place that a search can name. */
export interface SuggestedPlace {
  kind: "locality" | "sector" | "society" | "metro" | "hub" | "city";
  name: string;
  /** What tells namesakes apart: a metro line, or a society's locality. */
  detail: string | null;
  lat: number | null;
  lng: number | null;
}

/** Places, the likeliest first. */
export interface SuggestedPlaces {
  items: SuggestedPlace[];
}

/** What the person thinks of a property now, and thought before. */
export interface Swipe {
  property_id: number;
  choice: "pass" | "like" | "super_like" | "none";
  before: "pass" | "like" | "super_like" | "none";
  changed: boolean;
}

export interface SwipeProperty {
  /** Which property, such as one of next_properties. */
  property_id: number;
  /** `none` takes back what was said before. */
  choice: "pass" | "like" | "super_like" | "none";
}

export interface SwipedProperty {
  property_id: number;
  title: string;
  purpose: "buy" | "rent" | "pg";
  price: number;
  /** Whether it is still offered: `live`. */
  status: "draft" | "review" | "live" | "paused" | "rented" | "sold" | "archived";
  choice: "pass" | "like" | "super_like";
  swiped_at: string;
}

export interface Switch {
  category: "transactional" | "system" | "marketing";
  channel: "in_app" | "push" | "email" | "sms";
  on: boolean;
}

export interface TableSize {
  name: string;
  /** PostgreSQL's estimate. */
  rows: number;
  /** With its indexes. */
  bytes: number;
}

export interface Thread {
  enquiry: Enquiry;
  /** In the order in which they were written. */
  messages: Message[];
  /** Whether there are any before these. */
  earlier: boolean;
  /** What the person noted for themselves, the latest first. */
  notes: Note[];
}

export interface TotalCost {
  /** A property for sale, whose price and area count. */
  property_id?: number | null;
  /** Rupees. */
  price?: number | null;
  /** A state, such as `delhi` or `haryana_rural`; else municipal Haryana. */
  region?: string | null;
  /** `joint` is a man and a woman. */
  buyer?: "male" | "female" | "joint";
  /** The government's rupees a `circle_unit`. */
  circle_rate?: number | null;
  /** Of the circle rate. */
  circle_unit?: "sq_ft" | "sq_yd" | "gaj" | "sq_m" | "marla" | "kanal" | "acre" | "hectare";
  /** In `area_unit`; else the property's. */
  area?: number | null;
  /** Of the area. */
  area_unit?: "sq_ft" | "sq_yd" | "gaj" | "sq_m" | "marla" | "kanal" | "acre" | "hectare";
  /** Rupees. */
  brokerage?: number | null;
  /** Rupees: processing, legal, valuation. */
  loan_fees?: number | null;
  /** Rupees. */
  other?: number | null;
}

export interface Touched {
  /** Such as `property:5`. */
  subject: string;
  /** As it was, as far as it changed; personal values are hidden as •••. */
  before: Record<string, unknown> | null;
  /** As it is since, likewise. */
  after: Record<string, unknown> | null;
  /** `needed` was not changed, but has to stay as it is; `about` was not changed either. */
  how: "changed" | "needed" | "about";
}

export interface UnassignProperty {
  /** Whose portfolio it leaves. */
  staff_id: number;
  /** Which property. */
  property_id: number;
}

/** What was read from the words. Give a filter yourself to change it, or put its name into `ignore`. */
export interface Understanding {
  filters: Filters;
  /** Filters that were read but do not apply, because they were given or ignored. */
  overridden: string[];
  /** Words that were not understood; they only rank. */
  unread: string[];
  /** Soft wishes; they rank, and filter nothing. */
  wishes: string[];
  /** Places named that we have no properties in. */
  elsewhere: string[];
  notes: string[];
  language: "en" | "hi" | "hinglish";
}

export interface UndoAction {
  /** The activity, as my_activity lists it. */
  id: number;
}

export interface Undone {
  /** The activity that was taken back. */
  id: number;
  /** What it had done, in words. */
  what: string;
  /** The tool that took it back. */
  by: string;
  /** What that tool answered. */
  answer: Record<string, unknown>;
}

export interface UpdateListing {
  /** `buy` sells it, `rent` lets it, `pg` is beds in a shared home. */
  purpose?: "buy" | "rent" | "pg" | null;
  /** What it is. */
  kind?: "apartment" | "builder_floor" | "house" | "plot" | "shop" | "office" | "pg" | null;
  /** Rupees: whole to sell, by the month otherwise. */
  price?: number | null;
  /** BHK; 0 is a studio. */
  bedrooms?: number | null;
  /** How many. */
  balconies?: number | null;
  /** In `area_unit`. */
  area?: number | null;
  /** The unit of `area`. */
  area_unit?: "sq_ft" | "sq_yd" | "gaj" | "sq_m" | "marla" | "kanal" | "acre" | "hectare";
  locality?: string | null;
  sector?: string | null;
  society?: string | null;
  lat?: number | null;
  lng?: number | null;
  /** How furnished. */
  furnishing?: "furnished" | "semi_furnished" | "unfurnished" | null;
  /** Where it faces. */
  facing?: "north" | "north_east" | "east" | "south_east" | "south" | "south_west" | "west" | "north_west" | null;
  /** Years since it was built. */
  age?: "0-1" | "1-5" | "5-10" | "10+" | null;
  /** Up to the third is `low`, from the tenth on `high`. */
  floor?: "low" | "mid" | "high" | null;
  /** Ready, or being built. */
  possession?: "ready" | "under_construction" | null;
  /** The first day it can be had. */
  available_from?: string | null;
  /** Keys of `list_amenities`. */
  amenities?: ("lift" | "power_backup" | "parking" | "covered_parking" | "visitor_parking" | "ev_charging" | "gym" | "swimming_pool" | "club_house" | "park" | "park_facing" | "private_garden" | "terrace" | "balcony" | "kids_play_area" | "jogging_track" | "sports" | "security" | "cctv" | "gated" | "intercom" | "fire_safety" | "servant_room" | "study_room" | "pooja_room" | "store_room" | "modular_kitchen" | "piped_gas" | "ac" | "wifi" | "vastu" | "pet_friendly" | "rain_water_harvesting" | "water_24x7" | "water_purifier" | "geyser" | "wardrobes" | "washing_machine" | "refrigerator" | "tv" | "corner" | "meals" | "housekeeping" | "attached_bathroom" | "shopping_centre" | "smart_home")[];
  /** Who is welcome. */
  tenants?: ("family" | "bachelors" | "girls" | "boys" | "company")[];
  /** Made from the rest where it is not given. */
  title?: string | null;
  /** No phone numbers, addresses or links. */
  description?: string;
  id: number;
  /** As it was read: refused where it was changed since. */
  version?: number | null;
}

export interface UpdateNotificationSettings {
  /** With `channel` and `on`: what to switch. */
  category?: "transactional" | "system" | "marketing" | null;
  /** Where. */
  channel?: "in_app" | "push" | "email" | "sms" | null;
  /** Whether the person is told there. */
  on?: boolean | null;
  /** Whether the person wants offers at all. */
  offers?: boolean | null;
  /** Such as 22:00, India time. */
  quiet_from?: string | null;
  /** Such as 08:00; the same as `quiet_from` for no quiet hours. */
  quiet_until?: string | null;
}

export interface UpdatePhoto {
  id: number;
  /** What it shows; an empty text removes it. */
  caption?: string | null;
  /** Its place among the photos; 1 is the cover. */
  position?: number | null;
}

export interface UpdatePreferences {
  /** How areas are told. */
  area_unit?: "sq_ft" | "sq_yd" | "sq_m";
  purpose?: "buy" | "rent" | "pg" | null;
  /** Names of places that searches should prefer, instead of those before. */
  localities?: string[];
  /** How many would do, instead of those before. */
  bedrooms?: number[];
  /** Rupees: the price to buy, or a month's rent. */
  budget_min?: number | null;
  /** Likewise. */
  budget_max?: number | null;
}

export interface UpdateProfile {
  /** What to be called; null removes it. */
  name?: string | null;
  /** Of pages and messages. */
  language?: "en" | "hi" | null;
}

export interface UpdateStaffProfile {
  /** A few sentences, which everybody can read. */
  bio?: string;
  /** What they speak, instead of what they said before. */
  languages?: ("english" | "hindi" | "punjabi" | "haryanvi" | "urdu" | "bengali" | "marathi" | "gujarati" | "tamil" | "telugu" | "kannada" | "malayalam" | "odia" | "assamese")[];
  /** Names of the localities, sectors and societies that they know, instead of those before. */
  areas?: string[];
  /** Their registration as a real-estate agent; null takes it away. */
  rera_number?: string | null;
  /** Whether they are given new visits and properties: false while they are away. */
  active?: boolean;
}

export interface UpdateWatch {
  id: number;
  /** `paused` finds no news; `ended` unsubscribes; `active` goes on from how things are now. */
  state?: "active" | "paused" | "ended" | null;
  /** Its news is told then; a time that is past ends a snooze. */
  snooze_until?: string | null;
  /** When to tell the person. */
  often?: "at_once" | "daily" | "weekly" | null;
  /** Another name. */
  name?: string | null;
}

/** Renting beside buying. */
export interface Verdict {
  /** At the end of the stay. */
  better: "rent" | "buy";
  ahead_by: number;
  stay: number;
  /** The year from whose end on buying is ahead for good; null if not within 40. */
  break_even: number | null;
  price: number;
  rent: number;
  loan: number;
  emi: number;
  /** Down payment and duties. */
  upfront: number;
  /** Up to the end of the stay, or a few years beyond the break-even. */
  by_year: YearApart[];
  assumptions: Assumption[];
}

export interface ViewsRecorded {
  /** Those that are offered, and that the person had not looked at within half an hour. */
  counted: number;
}

export interface Visit {
  id: number;
  property_id: number;
  title: string;
  /** Where it is: its society, and its sector or locality. */
  place: string | null;
  starts: string;
  ends: string;
  status: "requested" | "confirmed" | "completed" | "cancelled" | "missed";
  /** `visitor`: the person goes to see it. `host`: the person shows it. */
  side: "visitor" | "host";
  /** Who shows it, or who comes; null while nobody has been found, or where they gave no name. */
  with_whom: string | null;
  /** Whose yes a requested visit waits for. */
  awaits: "you" | "them" | null;
  cancelled_by: "you" | "them" | "us" | null;
  /** Why it was cancelled. */
  reason: "plans_changed" | "found_another" | "cannot_come" | "no_longer_offered" | "nobody_free" | "not_confirmed" | "other" | null;
  /** As the person said afterwards: their own as visitor, the visitor's as host. */
  interest: "high" | "medium" | "low" | "none" | null;
  /** What the person said of it afterwards. */
  feedback: string | null;
  /** For hosts: what the visitor said themselves. */
  their_interest: "high" | "medium" | "low" | "none" | null;
  /** Likewise. */
  their_feedback: string | null;
  /** For hosts: when to be reminded of the visitor. */
  follow_up_on: string | null;
  /** What the person can do with it now. */
  can: ("confirm" | "reschedule" | "cancel" | "complete")[];
}

export interface VisitSlots {
  /** Which property. */
  property_id: number;
  /** The first day, in India; today by default. */
  from_day?: string | null;
  /** How many days. */
  days?: number;
}

export interface Waiting {
  preview: Preview;
  /** The app or browser that asked, as the person knows it. */
  asked_by: string | null;
  asked_at: string;
}

export interface WatchChanges {
  /** Only of this watch; of all without it. */
  watch_id?: number | null;
  limit?: number;
  /** `next_cursor` of the page before. */
  cursor?: string | null;
}

export interface WatchThis {
  /** What to search for, as `search_properties` takes it: `{"words": "2bhk under 40k near cyber city"}`. */
  search?: Record<string, unknown> | null;
  /** A property: its price, and whether it is to be had. */
  property_id?: number | null;
  /** What a place costs, as `price_insight` takes it: `{"purpose": "rent", "locality": "Sector 57"}`. */
  prices?: Record<string, unknown> | null;
  /** What the person calls it; else it is named for what it watches. */
  name?: string | null;
  /** When the person is told, outside of quiet hours: daily at nine, weekly on Mondays. */
  often?: "at_once" | "daily" | "weekly";
}

export interface WhichImport {
  /** The file, as `begin_import` gave it. */
  id: number;
}

export interface WhichJob {
  /** The job, as list_schedule names it. */
  name: string;
}

export interface WhichPhoto {
  id: number;
}

/** Which wishes a property meets. What the source does not say is unknown, not a no. */
export interface Why {
  met: string[];
  missed: string[];
  unknown: string[];
}

export interface WithdrawConsent {
  id: number;
}

export interface Withdrawn {
  id: number;
}

/** The end of one year, in rupees. */
export interface YearApart {
  year: number;
  /** Paid in it by the renter. */
  rent: number;
  /** Paid in it by the buyer. */
  owning: number;
  /** What the renter has by then. */
  renter: number;
  /** What the buyer would have after selling. */
  buyer: number;
}

export interface Tools {
  action_status: { takes: ActionStatus; gives: Action };
  activity_of: { takes: ActivityOf; gives: Page_Activity };
  add_place_name: { takes: PlaceNameAt; gives: PlaceRecord };
  assign_property: { takes: AssignProperty; gives: Assignment };
  begin_import: { takes: BeginImport; gives: ImportUpload };
  block_time: { takes: BlockTime; gives: Blocked };
  cancel_campaign: { takes: CampaignId; gives: Campaign };
  cancel_job: { takes: AJob; gives: QueuedJob };
  cancel_visit: { takes: CancelVisit; gives: Visit };
  catalog_status: { takes: Nothing; gives: CatalogStatus };
  change_listing_status: { takes: ChangeListingStatus; gives: Listing };
  check_import: { takes: WhichImport; gives: ImportFile };
  compare_properties: { takes: CompareProperties; gives: Comparison };
  complete_visit: { takes: CompleteVisit; gives: Visit };
  confirm_action: { takes: ConfirmAction; gives: Action };
  confirm_visit: { takes: OneVisit; gives: Visit };
  convert_area: { takes: ConvertArea; gives: Areas };
  count_amenities: { takes: ListAmenities; gives: AmenityCounts };
  create_watch: { takes: WatchThis; gives: ShownWatch };
  database_status: { takes: Nothing; gives: DatabaseStatus };
  decline_action: { takes: DeclineAction; gives: Action };
  delete_my_account: { takes: NoFields; gives: Leaving | Preview };
  discard_import: { takes: WhichImport; gives: Discarded };
  draft_campaign: { takes: DraftCampaign; gives: Campaign };
  draft_listing: { takes: DraftListing; gives: Listing };
  duplicate_listing: { takes: DuplicateListing; gives: Listing };
  estimate_affordability: { takes: AskAffordability; gives: Affordable };
  estimate_emi: { takes: EstimateEmi; gives: Emi };
  find_people: { takes: FindPeople; gives: Page_KnownPerson };
  flag_history: { takes: FlagHistory; gives: Page_PastSetting };
  get_listing: { takes: GetListing; gives: ListingInFull };
  get_place: { takes: GetPlace; gives: PlaceRecord };
  get_preferences: { takes: NoFields; gives: Preferences };
  get_property: { takes: GetProperty; gives: PropertyDetails };
  grant_role: { takes: GrantRole; gives: Granted };
  hand_over_visit: { takes: HandOverVisit; gives: Visit | Preview };
  handle_report: { takes: HandleReport; gives: Handled | Preview };
  import_file: { takes: WhichImport; gives: ImportFile };
  import_listings: { takes: WhichImport; gives: ImportFile | Preview };
  import_report: { takes: AskImportReport; gives: ImportReport };
  keep_my_account: { takes: NoFields; gives: Leaving };
  lift_restriction: { takes: LiftRestriction; gives: Lifted };
  list_alike_places: { takes: ListAlikePlaces; gives: AlikePlaces };
  list_amenities: { takes: ListAmenities; gives: AmenityNames };
  list_campaigns: { takes: ListCampaigns; gives: Page_Campaign };
  list_consents: { takes: NoFields; gives: Consents };
  list_flags: { takes: Nothing; gives: Flags };
  list_for_owner: { takes: ListForOwner; gives: OfferedToOwner };
  list_import_files: { takes: ListImportFiles; gives: Page_ImportFile };
  list_imports: { takes: ListImports; gives: Page_Import };
  list_jobs: { takes: ListJobs; gives: Page_QueuedJob };
  list_my_enquiries: { takes: ListMyEnquiries; gives: Page_Enquiry };
  list_my_visits: { takes: ListMyVisits; gives: Page_Visit };
  list_notifications: { takes: ListNotifications; gives: Page_Notification };
  list_photo_queue: { takes: ListPhotoQueue; gives: Page_HeldPhoto };
  list_photos: { takes: ListPhotos; gives: Photos };
  list_places: { takes: ListPlaces; gives: Page_NamedPlace };
  list_portfolio: { takes: ListPortfolio; gives: Page_AssignedProperty };
  list_reports: { takes: ListReports; gives: Page_Case };
  list_review_queue: { takes: ListReviewQueue; gives: Page_Submission };
  list_schedule: { takes: Nothing; gives: Schedule };
  list_sessions: { takes: ListSessions; gives: Page_Session };
  list_shortlist: { takes: ListShortlist; gives: Page_ShortlistedProperty };
  list_swipes: { takes: ListSwipes; gives: Page_SwipedProperty };
  list_waiting_actions: { takes: ListWaitingActions; gives: Page_Waiting };
  list_watches: { takes: ListWatches; gives: Page_ShownWatch };
  listing_insights: { takes: ListingInsights; gives: Insights };
  map_places: { takes: MapPlaces; gives: MappedPlaces };
  mark_notifications_read: { takes: MarkNotificationsRead; gives: Marked };
  merge_places: { takes: MergePlaces; gives: Merging | Preview };
  my_activity: { takes: MyActivity; gives: Page_Activity };
  my_calendar: { takes: ShowCalendar; gives: MyCalendar };
  my_day: { takes: MyDay; gives: Day };
  my_listings: { takes: MyListings; gives: Page_ListingLine };
  next_properties: { takes: NextProperties; gives: Deck };
  notification_settings: { takes: NoSettings; gives: NotificationSettings };
  pause_job: { takes: WhichJob; gives: ClockState };
  pick_up_visit: { takes: OneVisit; gives: Visit };
  preview_campaign: { takes: CampaignId; gives: CampaignPreview };
  price_insight: { takes: PriceInsight; gives: Prices };
  queue_status: { takes: Nothing; gives: QueueStatus };
  read_enquiry: { takes: ReadEnquiry; gives: Thread };
  reassign_portfolio: { takes: ReassignPortfolio; gives: Reassigning | Preview };
  record_views: { takes: RecordViews; gives: ViewsRecorded };
  remove_from_shortlist: { takes: RemoveFromShortlist; gives: Shortlisting };
  remove_photo: { takes: WhichPhoto; gives: Photos };
  remove_place_name: { takes: PlaceNameAt; gives: PlaceRecord };
  rename_place: { takes: RenamePlace; gives: PlaceRecord };
  renew_listing: { takes: RenewListing; gives: Listing };
  rent_or_buy: { takes: RentOrBuy; gives: Verdict };
  replay_job: { takes: ReplayJob; gives: Replayed };
  reply_enquiry: { takes: ReplyEnquiry; gives: Sent };
  report_content: { takes: ReportContent; gives: Reported };
  request_visit: { takes: RequestVisit; gives: Visit | Preview };
  reschedule_visit: { takes: RescheduleVisit; gives: Visit | Preview };
  restore_photo: { takes: WhichPhoto; gives: Photo };
  resume_job: { takes: WhichJob; gives: ClockState };
  reveal_contact: { takes: RevealContact; gives: Contact | Preview };
  review_listing: { takes: ReviewListing; gives: Reviewed };
  review_photos: { takes: ReviewPhotos; gives: ReviewedPhotos };
  revoke_session: { takes: RevokeSession; gives: Revoked };
  run_job_now: { takes: WhichJob; gives: PutIn };
  search_properties: { takes: SearchProperties; gives: PropertySearch };
  send_campaign: { takes: CampaignId; gives: Campaign | Preview };
  send_enquiry: { takes: SendEnquiry; gives: Sent | Preview };
  send_photo: { takes: SendPhoto; gives: Photo };
  set_calendar: { takes: SetCalendar; gives: MyCalendar };
  set_flag: { takes: SetFlag; gives: ShownFlag | Preview };
  share_shortlist: { takes: ShareShortlist; gives: SharedLink };
  shortlist_property: { takes: ShortlistProperty; gives: Shortlisting };
  sign_out_everywhere: { takes: NoFields; gives: SignedOut };
  similar_properties: { takes: SimilarProperties; gives: Properties };
  staff_statistics: { takes: StaffStatistics; gives: Statistics };
  staff_visits: { takes: StaffVisits; gives: Page_Visit };
  suggest_places: { takes: SuggestPlaces; gives: SuggestedPlaces };
  swipe_property: { takes: SwipeProperty; gives: Swipe };
  total_cost: { takes: TotalCost; gives: Cost };
  unassign_property: { takes: UnassignProperty; gives: Assignment };
  undo_action: { takes: UndoAction; gives: Undone };
  update_listing: { takes: UpdateListing; gives: Listing };
  update_notification_settings: { takes: UpdateNotificationSettings; gives: NotificationSettings };
  update_photo: { takes: UpdatePhoto; gives: Photo };
  update_preferences: { takes: UpdatePreferences; gives: Preferences };
  update_profile: { takes: UpdateProfile; gives: Account };
  update_staff_profile: { takes: UpdateStaffProfile; gives: StaffProfile };
  update_watch: { takes: UpdateWatch; gives: ShownWatch };
  visit_slots: { takes: VisitSlots; gives: Slots };
  watch_changes: { takes: WatchChanges; gives: Page_ShownChange };
  who_am_i: { takes: NoFields; gives: Account };
  withdraw_consent: { takes: WithdrawConsent; gives: Withdrawn };
}

export type ToolName = keyof Tools;

/** A call of these changes something. */
export const WRITES: readonly ToolName[] = ["add_place_name", "assign_property", "begin_import", "block_time", "cancel_campaign", "cancel_job", "cancel_visit", "change_listing_status", "check_import", "complete_visit", "confirm_action", "confirm_visit", "create_watch", "decline_action", "delete_my_account", "discard_import", "draft_campaign", "draft_listing", "duplicate_listing", "grant_role", "hand_over_visit", "handle_report", "import_listings", "keep_my_account", "lift_restriction", "list_for_owner", "mark_notifications_read", "merge_places", "pause_job", "pick_up_visit", "reassign_portfolio", "record_views", "remove_from_shortlist", "remove_photo", "remove_place_name", "rename_place", "renew_listing", "replay_job", "reply_enquiry", "report_content", "request_visit", "reschedule_visit", "restore_photo", "resume_job", "reveal_contact", "review_listing", "review_photos", "revoke_session", "run_job_now", "send_campaign", "send_enquiry", "send_photo", "set_calendar", "set_flag", "share_shortlist", "shortlist_property", "sign_out_everywhere", "swipe_property", "unassign_property", "undo_action", "update_listing", "update_notification_settings", "update_photo", "update_preferences", "update_profile", "update_staff_profile", "update_watch", "withdraw_consent"];
