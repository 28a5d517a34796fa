"""The amenities: key, English and Hindi name, and how they are written. A space also stands for a hyphen or nothing.

The order gives each its stored bit: new ones go to the end, none is ever moved or removed.
"""

from __future__ import annotations

from typing import Final

ROWS: Final[tuple[tuple[str, str, str, str], ...]] = (
    ("lift", "Lift", "लिफ्ट", r"lifts?|elevators?|लिफ्ट"),
    ("power_backup", "Power backup", "पावर बैकअप",
     r"power back up|powerback up|(?:dg|generator|inverter|electricity) back up|100 ?% back up|full back up|"
     r"(?:power|full) back up|generator|पावर बैकअप"),
    ("parking", "Parking", "पार्किंग", r"(?:car |bike |two wheeler |2 wheeler )?parking(?: space| slot)?s?|car park|garage|पार्किंग"),
    ("covered_parking", "Covered parking", "ढकी पार्किंग",
     r"(?:covered|stilt|basement|podium|underground)(?: and open)?(?: reserved)?(?: car)? parkings?|covered car park"),
    ("visitor_parking", "Visitor parking", "मेहमान पार्किंग", r"(?:visitor|guest)s?'? (?:car )?parking"),
    ("ev_charging", "EV charging", "ईवी चार्जिंग",
     r"(?:ev|electric vehicles?|electric car) charg(?:ing|er)(?: points?| stations?)?|charging points? for electric"),
    ("gym", "Gym", "जिम", r"gym|gyms|gymnasium|fitness (?:centre|center|club|studio)|जिम"),
    ("swimming_pool", "Swimming pool", "स्विमिंग पूल", r"(?:swimming|infinity|kids|lap|plunge|private|roof top) pools?|pool|स्विमिंग पूल"),
    ("club_house", "Club house", "क्लब हाउस", r"club houses?|club|community (?:center|centre|hall)|क्लब हाउस"),
    ("park", "Park", "पार्क",
     r"(?<!car )(?<!view )(?<!cyber )(?<!central )(?<!corporate )(?<!tech )(?<!theme )(?<!freedom )(?<!water )(?<!it )"
     r"parks?(?! view| place| prime| serene| drive| hospital| royal| heights| royale| generation| plaza| residency|"
     r" 2\b| floors| inn| hotel| your| the car| cars?\b| upto| up to| [2-9])|green (?:area|belt)|पार्क"),
    ("park_facing", "Park facing", "पार्क के सामने",
     r"(?:green )?park facing|facing (?:a |the |beautiful |big |huge |green |central ){0,3}park|park view(?! (?:city|spa|residency|ananda|"
     r"sanskruti|grand|apartment|delight|sector|2))|park front|green facing"),
    ("private_garden", "Garden or lawn", "बगीचा",
     r"(?:private|own|kitchen|terrace|front|personal|back|roof|attached|beautiful|huge|big) (?:garden|lawn)s?|lawns?|बगीचा"),
    ("terrace", "Terrace", "छत", r"terraces?(?! garden)(?! floors)|roof rights?|with roof|छत"),
    ("balcony", "Balcony", "बालकनी", r"balcon(?:y|ies)|sit outs?|बालकनी"),
    ("kids_play_area", "Children's play area", "बच्चों के खेलने की जगह",
     r"(?:kids?|child|children)(?:'?s)?'? (?:play|park|area|pool)(?: (?:area|zone|ground))?|play (?:area|zone|ground)s?"),
    ("jogging_track", "Jogging track", "जॉगिंग ट्रैक", r"(?:jogging|walking|running|cycling)(?: and \w+)? (?:tracks?|paths?|trails?)"),
    ("sports", "Sports courts", "खेल सुविधाएँ",
     r"tennis|badminton|basketball|squash|cricket pitch|sports (?:facility|facilities|complex|club|area|court)s?|indoor games?|table tennis"),
    ("security", "Security guard", "सुरक्षा गार्ड",
     r"(?:24 x 7 |24 hours? )?security(?! deposits?| amount| money| refund| cheque| months?| of| advance)(?: guards?| personnel| staff| service)?|"
     r"guards?|watch man|chowkidar|सुरक्षा|चौकीदार"),
    ("cctv", "CCTV", "सीसीटीवी", r"cc tv|cctv cameras?|camera surveillance|camera facilities|surveillance|सीसीटीवी"),
    ("gated", "Gated community", "गेटेड सोसायटी", r"gated(?: community| society| colony| complex| township| area)?|गेटेड"),
    ("intercom", "Intercom", "इंटरकॉम", r"intercoms?(?: facility| facilities)?|video door phones?"),
    ("fire_safety", "Fire safety", "अग्नि सुरक्षा",
     r"fire (?:alarms?|safety|fighting|sprinklers?|extinguishers?|hydrants?)|sprinklers?"),
    ("servant_room", "Servant room", "नौकर का कमरा",
     r"(?:servants?|maids?|sarvent|servent|domestic help)(?:'?s?|'s)? (?:rooms?|quarters?|qtrs?|rm|accommodation)?|"
     r"(?<=\+)sq(?! ?\.? (?:ft|f|y|m|g))|(?<=\+ )sq(?! ?\.? (?:ft|f|y|m|g))"),
    ("study_room", "Study room", "अध्ययन कक्ष", r"study(?: room| area)?(?! center| centre| tables?| circle| in)|office room|स्टडी(?: रूम)?"),
    ("pooja_room", "Pooja room", "पूजा कक्ष", r"(?:pooja|puja|prayer|mandir|poja)(?: (?:room|ghar|area|space))|pooja|puja|पूजा (?:घर|कक्ष|रूम)"),
    ("store_room", "Store room", "भंडार", r"store rooms?|storage rooms?|store(?= and| or|,)|स्टोर(?: रूम)?"),
    ("modular_kitchen", "Modular kitchen", "मॉड्यूलर किचन",
     r"modular(?: [a-z]+)? kitchens?|modular fittings|modern kitchen|kitchens? (?:is |are )?(?:fully )?modular|मॉड्यूलर किचन"),
    ("piped_gas", "Piped gas", "पाइप गैस", r"piped?(?: cooking| natural)? gas|gas pipe lines?|gas connection|png|igl"),
    ("ac", "Air conditioning", "एसी", r"acs?|a/c|air condition(?:ers?|ed|ing)?|vrv(?: acs?)?|split ac|एसी"),
    ("wifi", "Wi-Fi", "वाई-फाई", r"wi fi|internet|broad band|वाई ?-?फाई"),
    ("vastu", "Vastu", "वास्तु", r"v(?:aa?|as)th?u(?: shastra| compliant)?|vaa?sth?u|वास्तु"),
    ("pet_friendly", "Pets welcome", "पालतू की अनुमति", r"pets?(?: friendly| allowed| welcome| are allowed| are welcome| permitted)?"),
    ("rain_water_harvesting", "Rain water harvesting", "वर्षा जल संचयन", r"rain water(?: harvesting)?"),
    ("water_24x7", "Water round the clock", "24 घंटे पानी",
     r"24 (?:x|\*|hours?|hrs?|by) 7? (?:hours? )?(?:running )?water(?: supply)?|water supply 24 x? 7?|round the clock water"),
    ("water_purifier", "Water purifier", "वाटर प्यूरीफायर", r"water purifiers?|ro|ro (?:system|water)|आरओ"),
    ("geyser", "Geyser", "गीज़र", r"geysers?|water heaters?"),
    ("wardrobes", "Wardrobes", "अलमारी", r"ward robes?|wood works?|almir(?:ah|a)s?|almirahs?|cupboards?|अलमारी"),
    ("washing_machine", "Washing machine", "वॉशिंग मशीन", r"washing machines?"),
    ("refrigerator", "Refrigerator", "फ्रिज", r"refrigerators?|fridges?|फ्रिज"),
    ("tv", "Television", "टीवी", r"tvs?|televisions?|led tv|lcd"),
    ("corner", "Corner property", "कोने की संपत्ति", r"corner(?: plot| flat| house| property| unit| floor| side)?|two side open|2 side open|कॉर्नर"),
    ("meals", "Meals included", "खाना शामिल", r"meals?(?: included| provided)?|food(?: included| facility| provided)|tiffin|mess|खाना"),
    ("housekeeping", "Housekeeping", "साफ-सफाई", r"house keeping|maid service|cleaning service|laundry"),
    ("attached_bathroom", "Attached bathroom", "अटैच बाथरूम",
     r"attached? (?:bath rooms?|wash rooms?|toilets?|baths?|lat bath)|en suite"),
    ("shopping_centre", "Shopping in the complex", "परिसर में बाज़ार", r"shopping (?:cent(?:re|er)|complex|arcade)s?"),
    ("smart_home", "Home automation", "स्मार्ट होम", r"smart homes?|home automation|automated home|smart locks?"),
)

IMPLIED: Final[tuple[tuple[str, str], ...]] = (
    ("covered_parking", "parking"),
    ("visitor_parking", "parking"),
    ("park_facing", "park"),
)
"""Whoever has the first has the second; whoever lacks the second lacks the first."""
