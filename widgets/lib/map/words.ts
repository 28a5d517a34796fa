// What a map says, and amounts in as little room as a bubble has.

import { rupees } from "../format.ts";
import { dictionary, spoken } from "../words.ts";

const LINES: Readonly<Record<string, string>> = { "Yellow line": "पीली लाइन", "Rapid line": "रैपिड मेट्रो" };

/** A metro line by its name; that of a new one stays as it is. */
export const line = (name: string): string => (spoken() === "hi" ? (LINES[name] ?? name) : name);

export const say = dictionary(
  {
    map: "map", help: "Arrow keys move the map, plus and minus zoom, 0 shows all. Tab goes to the properties; on one, arrow keys go to its neighbours.",
    nearer: "Zoom in", farther: "Zoom out", all: "Show all", wheel: "Hold Ctrl to zoom the map", from: (least: string): string => `from ${least}`,
    several: (n: number, least: string): string => `${n} properties here, from ${least}`, lines: "Metro",
  },
  {
    map: "नक़्शा", help: "तीर वाली कुंजियाँ नक़्शा खिसकाती हैं, प्लस और माइनस ज़ूम करते हैं, 0 सब दिखाता है। टैब से संपत्तियों पर जाएँ; वहाँ तीर पड़ोस की संपत्ति पर ले जाते हैं।",
    nearer: "पास से देखें", farther: "दूर से देखें", all: "सब दिखाएँ", wheel: "ज़ूम के लिए Ctrl दबाए रखें", from: (least) => `${least} से`,
    several: (n, least) => `यहाँ ${n} संपत्तियाँ, ${least} से`, lines: "मेट्रो",
  },
);

const LAKH = 100_000;

/** A price in a bubble: "₹45K", "₹60 L", "₹1.2 Cr"; in Hindi "₹45 ह.", "₹60 ला.", "₹1.2 क." */
export function brief(price: number): string {
  const hindi = spoken() === "hi";
  if (price < 1000) return rupees(price);
  if (price < LAKH - 500) return `₹${short(price / 1000)}${hindi ? " ह." : "K"}`;
  if (price < 100 * LAKH - 50_000) return `₹${short(price / LAKH)} ${hindi ? "ला." : "L"}`;
  return `₹${short(price / (100 * LAKH))} ${hindi ? "क." : "Cr"}`;
}

const short = (number: number): string => String(Number(number.toFixed(number < 10 ? 2 : number < 100 ? 1 : 0)));
