"""Places people ask for that lie outside the catalog's area, so that the answer can say so."""

from __future__ import annotations

from functools import cache
from typing import Final

from tools.discovery.words.spellings import fold

_NAMES: Final = """
agra ahmedabad ajmer aligarh allahabad ambala amritsar anantapur asansol aurangabad bareilly belgaum bengaluru bangalore
bhiwadi bhiwandi bhopal bhubaneswar bikaner bilaspur bokaro bombay calcutta chandigarh chennai coimbatore cuttack dehradun
delhi dhanbad dharuhera durgapur faridabad firozabad ghaziabad goa gorakhpur gulbarga guntur guwahati gwalior haridwar
hubli hyderabad imphal indore jabalpur jaipur jalandhar jammu jamnagar jamshedpur jhansi jodhpur kanpur karnal kochi cochin
kolhapur kolkata kollam kota kozhikode calicut kurnool lucknow ludhiana madurai mangalore mathura meerut moradabad mumbai
muzaffarnagar muzaffarpur mysore mysuru nagpur nanded nashik nasik nellore noida panchkula mohali panipat patiala patna
pune poona raipur rajahmundry rajkot ranchi rewari rishikesh rohtak rourkela saharanpur salem shimla siliguri solapur
sonipat srinagar surat thane thiruvananthapuram trivandrum tiruchirappalli tirunelveli tirupati udaipur ujjain vadodara baroda
varanasi vijayawada visakhapatnam vizag warangal bahadurgarh palwal nuh mewat neemrana alwar lonavala manali mussoorie
nainital puducherry pondicherry
wakad baner hinjewadi hinjawadi kharadi viman-nagar kothrud aundh hadapsar magarpatta wagholi balewadi bavdhan
pimpri chinchwad koregaon-park andheri bandra borivali malad goregaon powai worli dadar kurla chembur ghatkopar mulund juhu
navi-mumbai kandivali vashi kharghar panvel airoli nerul dombivli kalyan mira-road whitefield koramangala indiranagar
hsr-layout marathahalli hebbal yelahanka jayanagar jp-nagar btm-layout bellandur sarjapur electronic-city gachibowli
madhapur hitech-city kondapur kukatpally banjara-hills jubilee-hills miyapur velachery adyar anna-nagar tambaram
salt-lake new-town-kolkata rajarhat greater-noida noida-extension indirapuram vaishali raj-nagar-extension
saket hauz-khas dwarka rohini janakpuri lajpat-nagar vasant-kunj vasant-vihar greater-kailash karol-bagh pitampura
mayur-vihar laxmi-nagar connaught-place new-delhi south-delhi old-delhi delhi-ncr mahipalpur chhatarpur mehrauli uttam-nagar vijay-nagar
bopal vastrapur gomti-nagar zirakpur kharar
dubai singapore bangkok london
पुणे दिल्ली नोएडा मुंबई इंदौर बेंगलुरु बैंगलोर हैदराबाद चेन्नई कोलकाता जयपुर लखनऊ फरीदाबाद गाजियाबाद भोपाल अहमदाबाद वाकड बानेर
भिवाड़ी धारूहेड़ा रेवाड़ी सूरत नागपुर कानपुर पटना चंडीगढ़ आगरा मथुरा वाराणसी देहरादून
"""
_NOT_ALONE: Final = frozenset({"satellite", "salem", "vaishali", "vasundhara", "hebbal"})
"""Also the names of people, things or societies here: read as a town only where nothing else fits."""


@cache
def names() -> dict[str, tuple[tuple[str, ...], ...]]:
    """The names by their first word, longest first."""
    table: dict[str, list[tuple[str, ...]]] = {}
    for entry in _NAMES.split():
        words = tuple(fold(word) for word in entry.split("-"))
        if words[0] not in _NOT_ALONE:
            table.setdefault(words[0], []).append(words)
    return {first: tuple(sorted(found, key=len, reverse=True)) for first, found in table.items()}
