// The words of the calculations, in English and Hindi.

import { dictionary, spoken } from "../lib/words.ts";

const EN = {
  table: (of: string): string => `Table: ${of}`, change: "Change it", assumed: "What this assumes", verify: "To be verified", part: "Part", amount: "Amount", total: "Total", yearHead: "Year",
  year: (n: number): string => `Year ${n}`,
  purchase: "What buying costs", price: "Price", stamp_duty: "Stamp duty", registration: "Registration", brokerage: "Brokerage", loan_fees: "Loan fees", other: "Other costs",
  abovePrice: (above: string, share: string): string => `${above} above the price (${share}).`, uncertain: "Sources disagree on this state's rates.",
  partsChart: (parts: string): string => `The parts: ${parts}.`,
  region: "State", buyer: "Buyer", male: "A man", female: "A woman", joint: "Man and woman together",
  loanTitle: "The loan", loan: "Loan", rate: "Interest a year", term: "Term", extraMonthly: "Prepay each month", extraYearly: "Prepay each year",
  aMonth: (emi: string): string => `${emi} a month`,
  loanLead: (loan: string, interest: string, term: string): string => `A loan of ${loan}; ${interest} of interest over ${term}.`,
  loanChart: (n: number): string => `What is paid in each of ${n} years: more interest at first, more of the loan later. The table has the figures.`,
  saves: (interest: string, months: number): string => `Prepaying spares ${interest} of interest and ${months} ${months === 1 ? "month" : "months"}.`,
  principal: "Paid back", prepaid: "Prepaid", interest: "Interest", balance: "Still owed",
  affordTitle: "What you can afford", upTo: (price: string): string => `Up to ${price}`,
  affordLead: (loan: string, emi: string): string => `With a loan of ${loan}, at most ${emi} a month.`,
  byIncome: "More income would buy more.", bySavings: "More savings would buy more; more income would not.",
  fromSavings: "Price from savings", duties: "Duty and registration", income: "Income a month", savings: "Savings", obligations: "Other loans a month", share: "Of income for loans",
  fits: (price: string): string => `The property at ${price} fits.`, fitsNot: (price: string): string => `The property at ${price} does not fit:`,
  shortNow: (amount: string): string => `${amount} are missing at the purchase.`, shortMonthly: (amount: string): string => `Its loan is ${amount} a month too much.`,
  rentTitle: "Rent or buy", rentBetter: (by: string, stay: number): string => `Renting leaves ${by} more after ${stay} years`,
  buyBetter: (by: string, stay: number): string => `Buying leaves ${by} more after ${stay} years`,
  never: "Buying does not come out ahead within 40 years.", evenFrom: (n: number): string => `Buying is ahead from year ${n} on.`,
  rentChart: (n: number): string => `What a renter and a buyer have in each of ${n} years. The table has the figures.`,
  rent: "Rent", stay: "How long you stay", downPayment: "Down payment", price_growth: "Prices rise a year", rent_growth: "Rents rise a year", return_rate: "Savings earn a year",
  upkeep: "Upkeep a year", selling: "Cost of selling", rentPaid: "Rent", owningPaid: "Owning", renter_has: "Renter has", buyer_has: "Buyer has",
  instalment: (emi: string, upfront: string): string => `The loan takes ${emi} a month; ${upfront} are needed at the purchase.`,
  haryana_urban: "Haryana, municipal", haryana_rural: "Haryana, rural", delhi: "Delhi", uttar_pradesh: "Uttar Pradesh", punjab: "Punjab",
  maharashtra_urban: "Maharashtra, municipal", maharashtra_rural: "Maharashtra, rural", karnataka: "Karnataka", gujarat: "Gujarat", rajasthan: "Rajasthan",
  tamil_nadu: "Tamil Nadu", telangana: "Telangana", andhra_pradesh: "Andhra Pradesh", west_bengal: "West Bengal", kerala: "Kerala", madhya_pradesh: "Madhya Pradesh",
  bihar: "Bihar", jharkhand: "Jharkhand", odisha: "Odisha", assam: "Assam", chhattisgarh: "Chhattisgarh", himachal_pradesh: "Himachal Pradesh",
  uttarakhand: "Uttarakhand", goa: "Goa",
};

const HI: typeof EN = {
  table: (of) => `तालिका: ${of}`, change: "बदलकर देखें", assumed: "यह क्या मानकर है", verify: "जाँच लें", part: "हिस्सा", amount: "रक़म", total: "कुल", yearHead: "साल",
  year: (n) => `साल ${n}`,
  purchase: "ख़रीदने का ख़र्च", price: "दाम", stamp_duty: "स्टाम्प शुल्क", registration: "पंजीकरण", brokerage: "दलाली", loan_fees: "लोन की फ़ीस", other: "अन्य ख़र्च",
  abovePrice: (above, share) => `दाम के ऊपर ${above} (${share})।`, uncertain: "इस राज्य की दरों पर स्रोत एकमत नहीं हैं।",
  partsChart: (parts) => `हिस्से: ${parts}।`,
  region: "राज्य", buyer: "ख़रीदार", male: "पुरुष", female: "महिला", joint: "पुरुष और महिला साथ",
  loanTitle: "लोन", loan: "लोन", rate: "सालाना ब्याज", term: "अवधि", extraMonthly: "हर महीने अतिरिक्त", extraYearly: "हर साल अतिरिक्त",
  aMonth: (emi) => `${emi} हर महीने`,
  loanLead: (loan, interest, term) => `${loan} का लोन; ${term} में ${interest} ब्याज।`,
  loanChart: (n) => `${n} सालों में हर साल क्या चुकाया जाता है: पहले ब्याज ज़्यादा, बाद में लोन ज़्यादा। आँकड़े तालिका में हैं।`,
  saves: (interest, months) => `पहले चुकाने से ${interest} ब्याज और ${months} महीने बचते हैं।`,
  principal: "लोन चुकाया", prepaid: "पहले चुकाया", interest: "ब्याज", balance: "बाक़ी",
  affordTitle: "आप कितना ख़र्च कर सकते हैं", upTo: (price) => `${price} तक`,
  affordLead: (loan, emi) => `${loan} के लोन के साथ, महीने में ज़्यादा से ज़्यादा ${emi}।`,
  byIncome: "आय ज़्यादा हो तो ज़्यादा मिलेगा।", bySavings: "बचत ज़्यादा हो तो ज़्यादा मिलेगा; आय से नहीं।",
  fromSavings: "बचत से दाम", duties: "शुल्क और पंजीकरण", income: "महीने की आय", savings: "बचत", obligations: "महीने के अन्य लोन", share: "आय में से लोन के लिए",
  fits: (price) => `${price} की संपत्ति आपकी पहुँच में है।`, fitsNot: (price) => `${price} की संपत्ति पहुँच में नहीं है:`,
  shortNow: (amount) => `ख़रीदते समय ${amount} कम पड़ेंगे।`, shortMonthly: (amount) => `इसका लोन महीने में ${amount} ज़्यादा है।`,
  rentTitle: "किराया या ख़रीद", rentBetter: (by, stay) => `${stay} साल बाद किराये पर ${by} ज़्यादा बचते हैं`,
  buyBetter: (by, stay) => `${stay} साल बाद ख़रीदने पर ${by} ज़्यादा बचते हैं`,
  never: "40 साल में भी ख़रीदना आगे नहीं निकलता।", evenFrom: (n) => `साल ${n} से ख़रीदना आगे रहता है।`,
  rentChart: (n) => `${n} सालों में किरायेदार और ख़रीदार के पास क्या होता है। आँकड़े तालिका में हैं।`,
  rent: "किराया", stay: "कितने साल रहेंगे", downPayment: "डाउन पेमेंट", price_growth: "दाम की सालाना बढ़त", rent_growth: "किराये की सालाना बढ़त", return_rate: "बचत पर सालाना कमाई",
  upkeep: "सालाना रखरखाव", selling: "बेचने का ख़र्च", rentPaid: "किराया", owningPaid: "अपने घर का ख़र्च", renter_has: "किरायेदार के पास", buyer_has: "ख़रीदार के पास",
  instalment: (emi, upfront) => `लोन में महीने के ${emi} जाते हैं; ख़रीदते समय ${upfront} चाहिए।`,
  haryana_urban: "हरियाणा, नगर क्षेत्र", haryana_rural: "हरियाणा, ग्रामीण", delhi: "दिल्ली", uttar_pradesh: "उत्तर प्रदेश", punjab: "पंजाब",
  maharashtra_urban: "महाराष्ट्र, नगर क्षेत्र", maharashtra_rural: "महाराष्ट्र, ग्रामीण", karnataka: "कर्नाटक", gujarat: "गुजरात", rajasthan: "राजस्थान",
  tamil_nadu: "तमिलनाडु", telangana: "तेलंगाना", andhra_pradesh: "आंध्र प्रदेश", west_bengal: "पश्चिम बंगाल", kerala: "केरल", madhya_pradesh: "मध्य प्रदेश",
  bihar: "बिहार", jharkhand: "झारखंड", odisha: "ओडिशा", assam: "असम", chhattisgarh: "छत्तीसगढ़", himachal_pradesh: "हिमाचल प्रदेश",
  uttarakhand: "उत्तराखंड", goa: "गोवा",
};

export const say = dictionary(EN, HI);

/** "8.5 %". */
export const percent = (value: number): string => `${Number(value.toFixed(2))} %`;

/** "20 years". */
export const years = (n: number): string => (spoken() === "hi" ? `${n} साल` : `${n} ${n === 1 ? "year" : "years"}`);
