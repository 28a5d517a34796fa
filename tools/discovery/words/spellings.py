"""One spelling for each word: variants, typing habits and Devanagari forms folded into the word the rules know."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Final

_NUKTA: Final = "़"
_FOLDS: Final = str.maketrans(
    {_NUKTA: None, "ँ": "ं", "‌": None, "‍": None, "’": "'", "‘": "'"}
)

_VARIANTS: Final = """
chahiye: chahie chaiye chahiyeh chaahiye chayie chayiye chahye chaiyye chaheye chahte chahta chahti चाहिए चाहिये चाहते चाहता चाहती
mein: me mei mai में मे
ke: k के
ka: का
ki: की
ko: को
se: से
par: pe per पर पे
hai: hain है हैं
ho: हो
aur: और
ya: या
wala: waala vala wali vali wale waale vale वाला वाली वाले
mujhe: muje mujhko mujhay mujhey मुझे हमें humein hame hume humko
liye: lie liy lye लिए लिये
saath: sath साथ
tak: तक
kam: कम
zyada: jyada jada zada jyaada adhik ज्यादा अधिक
upar: oopar uppar ऊपर उपर
niche: neeche nichey नीचे
andar: ander bhitar अंदर अन्दर भीतर
paas: pas pass पास समीप
nazdeek: nazdik najdeek najdik nikat नजदीक निकट
kareeb: karib karibi करीब
aaspaas: आसपास
beech: bich bech बीच
lagbhag: lagbag takriban taqreeban takreeban लगभग
around: approx approximately roughly approximate
dur: door doori दूर
rent: rental rented renting rents kiraya kiraye kirae kiraaya kiraaye kiraya- kirayaa kiraye- lease leasing bhada bhade bhaada किराया किराये किराए किरायें भाड़ा भाड़े
buy: buying purchase purchasing kharidna kharidne kharidni khareedna khareedne kharid khareed kharidana lena खरीदना खरीदने खरीद खरीदनी
sale: bikau बिकाऊ
sell: selling bechna bechne bechni becna बेचना बेचने बेचनी
pg: pgs पीजी
hostel: hostels हॉस्टल
flat: flats flate falt apartment apartments appartment appartments apartement aparment appt apt फ्लैट फ्लैट्स फ्लेट अपार्टमेंट
floor: floors flor फ्लोर मंजिल manzil
builder: builders bilder बिल्डर
house: houses makaan makan makaaan kothi kothiyan koti haveli bungalow bungalows bungalo villa villas vila townhouse मकान कोठी बंगला विला हवेली
home: homes ghar gharon घर आवास
plot: plots bhukhand प्लॉट प्लाट भूखंड
land: zameen zamin jameen jamin जमीन
shop: shops dukaan dukan dukaane dukanein showroom showrooms retail दुकान दुकानें शोरूम
office: offices ofice daftar ऑफिस दफ्तर कार्यालय
commercial: कमर्शियल
room: rooms kamra kamre kamron kamro kamraa कमरा कमरे कमरों रूम
bhk: bhks bkh bedroom bedrooms bed beds br bdr bedrom बीएचके बेडरूम बीएच॰के॰
rk: आरके
studio: studios स्टूडियो
crore: crores cr crs krore karod karor caror karore करोड़ करोड
lakh: lakhs lac lacs laakh lakhon लाख
thousand: thousands hazaar hazar hajar hajaar hazaaron हजार
rs: ₹ inr rupees rupee rupaye rupay rupaya rupye रुपये रुपए रुपया रू रु
budget: बजट
dedh: derh ded dedhh डेढ़ डेढ
dhai: dhaai adhai ढाई अढ़ाई
sava: sawa savaa सवा
saadhe: sadhe saade sade sarhe साढ़े साढे
paune: pone pauney पौने
pauna: paun पौन पौना
adha: aadha aadhe half आधा आधे
sau: सौ hundred
gaj: gaz guj gajj गज yard yards yd yds
sqft: sft sqfeet sqft- वर्गफुट
sqyd: sqyds sqyard sqyards sqyrd sqyrds syd sqyds वर्गगज
sqm: sqmt sqmtr sqmeter sqmetre sqmeters sqmetres sqmts sqmtrs smt वर्गमीटर
sq: square वर्ग
ft: feet foot फुट फीट
meter: meters metre metres mtr mtrs mt मीटर
marla: marlas मरला
kanal: kanals कनाल
acre: acres killa kila killas एकड़ एकड किला
hectare: hectares हेक्टेयर
bigha: bighas beegha biga बीघा
km: kms kilometer kilometers kilometre kilometres किमी किलोमीटर
sal: saal year years yr yrs साल वर्ष
old: purana purani purane पुराना पुरानी पुराने
furnished: furnised furnish furnisd furnishd furnishing फर्निश्ड फर्निस्ड सुसज्जित
unfurnished: unfurnised अनफर्निश्ड
semifurnished: semifurnised सेमीफर्निश्ड
semi: सेमी
fully: full फुली फुल पूरी
facing: face faced mukhi मुखी फेसिंग
east: purv poorv purab पूर्व पूरब
west: paschim pashchim पश्चिम
north: uttar उत्तर
south: dakshin दक्षिण साउथ
northeast: ishan ईशान
ground: ग्राउंड
family: families parivar परिवार फैमिली फैमली
bachelor: bachelors bachlor bachelars बैचलर बैचलर्स
girls: girl ladies lady female females women woman ladki ladkiyan ladkiyon ladkiyo ladkio mahila लड़की लड़कियां लड़कियों महिला महिलाओं
boys: boy gents male males men ladka ladke ladkon ladko लड़का लड़के लड़कों
near: nearby nearer
metro: मेट्रो
station: stn स्टेशन
sector: sec sect sectr secter sactor sectar sector- sectors सेक्टर सैक्टर
phase: ph phse phase- fase fej phases फेज फेस
new: न्यू
gurugram: gurgaon ggn gurgram gurugaon gurgoan gudgaon guragon gurgao गुरुग्राम गुरूग्राम गुड़गांव गुडगांव गुरगांव
city: सिटी
cyber: साइबर साईबर
hub: हब
golf: गोल्फ
course: cource corse कोर्स
road: rd roads रोड सड़क
extension: ext extn ext. exten extention एक्सटेंशन
expressway: expresway xpressway expway एक्सप्रेसवे एक्सप्रेस-वे
dwarka: द्वारका
sohna: sohana सोहना
dlf: डीएलएफ
sushant: सुशांत सुशान्त
lok: लोक
palam: पालम
vihar: विहार
udyog: उद्योग
mg: एमजी
manesar: मानेसर
nirvana: निर्वाणा
country: कंट्री
iffco: ifco इफको
chowk: chauk चौक
huda: हुडा
sikanderpur: sikandarpur sikandarpur- सिकंदरपुर
farrukhnagar: farukhnagar farukhnagar- फरुखनगर
suncity: सनसिटी
malibu: मालिबू
pataudi: पटौदी
cheapest: sabsesasta सस्ता sasta saste sasti सस्ते सस्ती
sabse: सबसे
newest: latest
parking: पार्किंग parkings
lift: lifts elevator elevators लिफ्ट
balcony: balconies बालकनी
east-facing: पूर्वमुखी पूर्वाभिमुख purvmukhi
west-facing: पश्चिममुखी
north-facing: उत्तरमुखी
south-facing: दक्षिणमुखी
gym: gyms gymnasium जिम
park: पार्क
vastu: vaastu vasthu vaasthu वास्तु
security: सुरक्षा
single: सिंगल
double: डबल twin
triple: ट्रिपल
sharing: share occupancy शेयरिंग
under: below upto uptil within
above: over exceeding
max: maximum
min: minimum
loan: loans
school: schools स्कूल
hospital: hospitals अस्पताल
market: markets bazaar bazar बाजार
ready: तैयार
possession: posession
"""


def fold(word: str) -> str:
    """A word without the differences of writing that mean nothing: case, width, nukta, joiners."""
    return unicodedata.normalize("NFKC", word).casefold().translate(_FOLDS)


def spelt(word: str) -> str:
    """The word as the rules know it; an unknown word comes back folded."""
    folded = fold(word)
    return _spellings().get(folded, folded)


@cache
def known() -> frozenset[str]:
    """Every word the table knows, in all its spellings."""
    return frozenset(_spellings()) | frozenset(_spellings().values())


@cache
def _spellings() -> dict[str, str]:
    table: dict[str, str] = {}
    for line in _VARIANTS.strip().splitlines():
        word, _, variants = line.partition(":")
        table.update({fold(variant): word.replace("-", " ") for variant in variants.split()})
    return table
