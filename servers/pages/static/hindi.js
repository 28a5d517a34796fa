// In Hindi, what the server says in English: why a property fits, amenities, and how its price compares.

const amenities = new Map();

// Learns the names of the amenities, once; without them their English names stay.
export async function learn() {
  if (amenities.size > 0) return;
  try {
    const response = await fetch("/api/v1/amenities", { headers: { Accept: "application/json" } });
    for (const each of (await response.json()).items) name(each);
  } catch {
    // The page works without them, and the next search tries again.
  }
}

// Remembers what an amenity is called: { key, english, hindi }.
export function name({ key, english, hindi }) {
  amenities.set(key, hindi).set(english, hindi);
}

// The Hindi name of an amenity by its key, if it is known.
export const amenity = (key) => amenities.get(key);

const SAID = {
  "for sale": "बिक्री के लिए", "for rent": "किराए पर", "as PG": "पीजी में",
  apartment: "अपार्टमेंट", "builder floor": "बिल्डर फ़्लोर", house: "मकान", plot: "प्लॉट", shop: "दुकान", office: "दफ़्तर", pg: "पीजी", studio: "स्टूडियो",
  furnished: "फ़र्निश्ड", "semi-furnished": "सेमी-फ़र्निश्ड", unfurnished: "बिना फ़र्नीचर",
  north: "उत्तर", "north-east": "उत्तर-पूर्व", east: "पूर्व", "south-east": "दक्षिण-पूर्व",
  south: "दक्षिण", "south-west": "दक्षिण-पश्चिम", west: "पश्चिम", "north-west": "उत्तर-पश्चिम",
  ground: "भूतल", low: "नीची", mid: "बीच की", high: "ऊँची", top: "सबसे ऊपर की",
  "ready to move in": "रहने को तैयार", "under construction": "निर्माणाधीन", "in the area on the map": "नक़्शे पर चुने इलाक़े में",
  family: "परिवार", bachelors: "अकेले रहने वाले", girls: "लड़कियाँ", boys: "लड़के", company: "कंपनी",
  "whether the price is right": "क़ीमत सही है या नहीं", "the point": "चुनी हुई जगह",
};

const PATTERNS = [
  [/^(within .+? of .+)$/, (all) => all.split(/ or (?=within )|, (?=within )/).map(near).join(" या ")],
  [/^metro within (.+)$/, (far) => `मेट्रो ${measure(far)} के भीतर`],
  [/^up to (.+)$/, (most) => `${measure(most)} तक`],
  [/^from (.+)$/, (least) => `${measure(least)} से`],
  [/^(₹.+|[\d,]+ sq ft) to (.+)$/, (least, most) => `${measure(least)} से ${measure(most)}`],
  [/^in (.+)$/, (place) => `${either(place)} में`],
  [/^(.+) facing$/, (sides) => `${either(sides)} मुखी`],
  [/^at most (\d+) years old$/, (years) => `ज़्यादा से ज़्यादा ${years} साल पुराना`],
  [/^(.+) floor$/, (floors) => `${either(floors)} मंज़िल`],
  [/^(.+) welcome$/, (people) => `${either(people)} रह सकते हैं`],
  [/^(.+) BHK$/, (numbers) => `${either(numbers)} BHK`],
];

// A reason in Hindi; names and what a person wished for in words stay as they are.
export function reason(text) {
  const known = SAID[text] ?? amenities.get(text);
  if (known) return known;
  if (!text.includes(" welcome") && every(text)) return either(text);
  for (const [pattern, said] of PATTERNS) {
    const found = pattern.exec(text);
    if (found) return said(...found.slice(1));
  }
  return text;
}

const parts = (text) => text.split(/, | or /);
const every = (text) => parts(text).every((part) => SAID[part]);

// "apartment, house or plot" is "अपार्टमेंट, मकान या प्लॉट".
function either(text) {
  const said = parts(text).map((part) => SAID[part] ?? part);
  return said.length > 1 ? `${said.slice(0, -1).join(", ")} या ${said.at(-1)}` : said[0];
}

function near(text) {
  const [, far, place] = /^within (.+?) of (.+)$/.exec(text);
  return `${SAID[place] ?? place} से ${measure(far)} के भीतर`;
}

const measure = (text) => text.replace(/ lakh\b/, " लाख").replace(/ Cr\b/, " करोड़").replace(/ sq ft\b/, " वर्ग फ़ुट").replace(/ km\b/, " किमी").replace(/ m\b/, " मी");

// Who is welcome, by key.
export const tenant = (key) => SAID[key];

// A property's price beside the median of its locality.
export function compared(rate, card, number) {
  if (rate.median === null) return `${rate.place} में तुलना के लिए काफ़ी आँकड़े नहीं हैं (${rate.n} दर्ज)।`;
  const share = rate.median ? Math.round((100 * (card.price_per_sqft - rate.median)) / rate.median) : 0;
  const beside = share === 0 ? "के बराबर" : `से ${Math.abs(share)}% ${share > 0 ? "ज़्यादा" : "कम"}`;
  return `₹${number(card.price_per_sqft)} प्रति वर्ग फ़ुट: ${rate.place} में ऐसी संपत्तियों की माध्यिका ₹${number(rate.median)} ${beside} (${rate.n} दर्ज)।`;
}
