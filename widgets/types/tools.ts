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
}

export interface CatalogStatus {
  tools: RegisteredTool[];
  prompts: RegisteredPrompt[];
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

/** Properties side by side: where they differ first. */
export interface Comparison {
  differences: Compared[];
  same: Compared[];
  items: PropertyCard[];
  /** Says so when properties are made-up demonstration data. */
  demo: string | null;
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
  /** Whoever looks after the property. */
  name: string | null;
  /** Their phone in E.164, or their e-mail address where they have no phone. */
  contact: string;
  /** The person's own phone or e-mail address, as they were shown it. */
  shown_to_them: string;
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

export interface DeclineAction {
  /** The ticket of the preview. */
  ticket: string;
  /** Why not, in the person's words. */
  reason?: string | null;
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
  /** Refusals first, then flags, then mendings; the most frequent first. */
  findings: Finding[];
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

export interface ListMyVisits {
  /** Only those; all by default. */
  status?: "requested" | "cancelled" | null;
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

export interface ListPortfolio {
  /** Whose portfolio; by default one's own. Only admins see those of others. */
  staff_id?: number | null;
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
  limit?: number;
  /** `next_cursor` of the page before. */
  cursor?: string | null;
}

export interface ListWaitingActions {
  limit?: number;
  /** `next_cursor` of the page before. */
  cursor?: string | null;
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

/** Nothing is asked. */
export interface NoFields {
}

export interface NoSettings {
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

export interface Page_Notification {
  items: Notification[];
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

export interface ReplayJob {
  id?: number | null;
  /** Instead of an id: all failed jobs of this name, the thousand oldest at once. */
  name?: string | null;
}

export interface Replayed {
  /** The ids of what is tried again. */
  replayed: number[];
}

export interface RequestVisit {
  /** Which property. */
  property_id: number;
  /** When to meet, with a UTC offset: on the hour or half hour from 9:00 to 18:30 India time (+05:30), at least two hours and at most 60 days from now. A visit takes half an hour. */
  starts: string;
}

export interface RevealContact {
  /** Which property. */
  property_id: number;
}

export interface RevokeSession {
  id: number;
}

export interface Revoked {
  id: number;
  /** Whether it was the sign-in that asked, which has ended too. */
  current: boolean;
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

export interface ShortlistProperty {
  /** Which property, such as one that a search found. */
  property_id: number;
}

export interface ShortlistedProperty {
  property_id: number;
  title: string;
  purpose: "buy" | "rent" | "pg";
  /** The whole price to buy, or a month's rent. */
  price: number;
  /** Whether it is still offered: `live`. */
  status: "draft" | "review" | "live" | "paused" | "rented" | "sold" | "archived";
  added_at: string;
}

export interface Shortlisting {
  property_id: number;
  /** Whether it is on the shortlist now. */
  shortlisted: boolean;
  /** Whether that is new. */
  changed: boolean;
}

export interface SignedOut {
  /** How many sign-ins ended. */
  ended: number;
}

export interface SimilarProperties {
  id: number;
  limit?: number;
}

/** Where a listing comes from, and how fresh it is. */
export interface Source {
  name: string;
  first_imported: string;
  last_changed: string;
  text: string;
}

/** A metro station nearby. */
export interface Station {
  name: string;
  line: string | null;
  /** Metres, as the crow flies. */
  distance_m: number;
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

export interface Visit {
  id: number;
  property_id: number;
  title: string;
  starts: string;
  ends: string;
  status: "requested" | "cancelled";
}

export interface Waiting {
  preview: Preview;
  /** The app or browser that asked, as the person knows it. */
  asked_by: string | null;
  asked_at: string;
}

export interface WhichJob {
  /** The job, as list_schedule names it. */
  name: string;
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

export interface Tools {
  action_status: { takes: ActionStatus; gives: Action };
  activity_of: { takes: ActivityOf; gives: Page_Activity };
  assign_property: { takes: AssignProperty; gives: Assignment };
  cancel_campaign: { takes: CampaignId; gives: Campaign };
  cancel_job: { takes: AJob; gives: QueuedJob };
  cancel_visit: { takes: CancelVisit; gives: Visit };
  catalog_status: { takes: Nothing; gives: CatalogStatus };
  compare_properties: { takes: CompareProperties; gives: Comparison };
  confirm_action: { takes: ConfirmAction; gives: Action };
  database_status: { takes: Nothing; gives: DatabaseStatus };
  decline_action: { takes: DeclineAction; gives: Action };
  delete_my_account: { takes: NoFields; gives: Leaving | Preview };
  draft_campaign: { takes: DraftCampaign; gives: Campaign };
  find_people: { takes: FindPeople; gives: Page_KnownPerson };
  get_preferences: { takes: NoFields; gives: Preferences };
  get_property: { takes: GetProperty; gives: PropertyDetails };
  grant_role: { takes: GrantRole; gives: Granted };
  import_report: { takes: AskImportReport; gives: ImportReport };
  keep_my_account: { takes: NoFields; gives: Leaving };
  list_amenities: { takes: ListAmenities; gives: AmenityNames };
  list_campaigns: { takes: ListCampaigns; gives: Page_Campaign };
  list_consents: { takes: NoFields; gives: Consents };
  list_imports: { takes: ListImports; gives: Page_Import };
  list_jobs: { takes: ListJobs; gives: Page_QueuedJob };
  list_my_visits: { takes: ListMyVisits; gives: Page_Visit };
  list_notifications: { takes: ListNotifications; gives: Page_Notification };
  list_portfolio: { takes: ListPortfolio; gives: Page_AssignedProperty };
  list_schedule: { takes: Nothing; gives: Schedule };
  list_sessions: { takes: ListSessions; gives: Page_Session };
  list_shortlist: { takes: ListShortlist; gives: Page_ShortlistedProperty };
  list_waiting_actions: { takes: ListWaitingActions; gives: Page_Waiting };
  map_places: { takes: MapPlaces; gives: MappedPlaces };
  mark_notifications_read: { takes: MarkNotificationsRead; gives: Marked };
  my_activity: { takes: MyActivity; gives: Page_Activity };
  notification_settings: { takes: NoSettings; gives: NotificationSettings };
  pause_job: { takes: WhichJob; gives: ClockState };
  preview_campaign: { takes: CampaignId; gives: CampaignPreview };
  price_insight: { takes: PriceInsight; gives: Prices };
  queue_status: { takes: Nothing; gives: QueueStatus };
  remove_from_shortlist: { takes: RemoveFromShortlist; gives: Shortlisting };
  replay_job: { takes: ReplayJob; gives: Replayed };
  request_visit: { takes: RequestVisit; gives: Visit | Preview };
  resume_job: { takes: WhichJob; gives: ClockState };
  reveal_contact: { takes: RevealContact; gives: Contact | Preview };
  revoke_session: { takes: RevokeSession; gives: Revoked };
  run_job_now: { takes: WhichJob; gives: PutIn };
  search_properties: { takes: SearchProperties; gives: PropertySearch };
  send_campaign: { takes: CampaignId; gives: Campaign | Preview };
  shortlist_property: { takes: ShortlistProperty; gives: Shortlisting };
  sign_out_everywhere: { takes: NoFields; gives: SignedOut };
  similar_properties: { takes: SimilarProperties; gives: Properties };
  suggest_places: { takes: SuggestPlaces; gives: SuggestedPlaces };
  unassign_property: { takes: UnassignProperty; gives: Assignment };
  undo_action: { takes: UndoAction; gives: Undone };
  update_notification_settings: { takes: UpdateNotificationSettings; gives: NotificationSettings };
  update_preferences: { takes: UpdatePreferences; gives: Preferences };
  update_profile: { takes: UpdateProfile; gives: Account };
  who_am_i: { takes: NoFields; gives: Account };
  withdraw_consent: { takes: WithdrawConsent; gives: Withdrawn };
}

export type ToolName = keyof Tools;

/** A call of these changes something. */
export const WRITES: readonly ToolName[] = ["assign_property", "cancel_campaign", "cancel_job", "cancel_visit", "confirm_action", "decline_action", "delete_my_account", "draft_campaign", "grant_role", "keep_my_account", "mark_notifications_read", "pause_job", "remove_from_shortlist", "replay_job", "request_visit", "resume_job", "reveal_contact", "revoke_session", "run_job_now", "send_campaign", "shortlist_property", "sign_out_everywhere", "unassign_property", "undo_action", "update_notification_settings", "update_preferences", "update_profile", "withdraw_consent"];
