// The states whose duties are known, as the tool calls them.

export const REGIONS = [
  "haryana_urban", "haryana_rural", "delhi", "uttar_pradesh", "punjab", "maharashtra_urban", "maharashtra_rural", "karnataka", "gujarat", "rajasthan",
  "tamil_nadu", "telangana", "andhra_pradesh", "west_bengal", "kerala", "madhya_pradesh", "bihar", "jharkhand", "odisha", "assam", "chhattisgarh",
  "himachal_pradesh", "uttarakhand", "goa",
] as const;
