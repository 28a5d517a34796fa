"""Words that ask for nothing by themselves, and soft words that only a text can answer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tools.discovery.words.scan import Board

FILLER: Final = frozenset(
    """
    a an and the i we me my our is am are was be been do does can could would should will shall please pls plz kindly hi hello hey
    dear sir madam namaste thanks thank you u ur show find get give need needs needed want wants wanted looking look search searching
    for of to in on at with from by or any some there here that this which who it its as near under-rs also just good nice
    option options property properties listing listings available availability list results suggest recommend tell about
    chahiye mujhe hame mein ka ki ke ko se par hai ho aur ya wala bhai bhaiya yaar ji sahab jo koi kuch ek one hi bhi toh to dikhao dikha
    dikhaiye dikhaye batao bataiye bata do de dijiye karo kar karna karni raha rahe rahi hu hoon hun liye saath apna apne apni mera meri
    mere ham hum log main aap please dhundh dhund dhoondh dhundo rha rhi rhe sakta sakte sakti milega milegi mil jaye jaaye dena
    society area location side type kind proper urgent urgently asap required requirement req interested where what how available
    price budget rs sqft haryana india ncr residential accommodation unit units independent preferably prefer preferred having has have
    चाहिए कोई एक और या है हैं हूं हो जी भाई दिखाओ दिखाइए बताओ बताइए कृपया ढूंढ रहा रहे रही ढूंढो मेरा मेरी अपना अपनी साथ भी ही तो कुछ
    ढूंढना करना लेकर वाला में का की के को से पर मैं हम आप नमस्ते एवं तथा खोज खोजो खोजें मिलेगा मिल प्रॉपर्टी संपत्ति घरों sau-
    ; / - + % . , ' " ’
    """.split()
) - {"sqft", "price", "budget", "rs", "%"}

_SOFT: Final = (
    r"(?:very |really )?spacious|big|large|huge|small|compact|cozy|cosy|airy|bright|sunny|sunlit|well lit|ventilated|quiet|peaceful|calm|silent|"
    r"beautiful|stunning|elegant|stylish|modern|contemporary|luxury|luxurious|ultra luxury|premium|posh|lavish|high end|affordable|cheap|economical|"
    r"clean|hygienic|safe|secure|green|greenery|open view|open|view|sea view|lake view|pool view|garden view|pool facing|road facing|city view|"
    r"golf view|aravalli(?:s)?(?: view)?|hill view|penthouse|duplex|triplex|simplex|loft|farm ?house|villa|bungalow|new construction|brand new|newly built|"
    r"new|newly constructed|renovated|refurbished|well maintained|maintained|old|resale|direct owner|owner|no brokerage|without brokerage|zero brokerage|"
    r"negotiable|investment|rental income|high returns?|appreciation|wooden flooring|italian marble|marble flooring|marble|vitrified tiles|tiles|"
    r"wide road|main road|corner|near (?:good |a |the |best |international |top )?(?:school|college|university|hospital|market|mall|park|temple|gurudwara|mandir|airport|"
    r"railway station|bus stand|highway|office|gym|bank|atm|pharmacy)|(?:school|college|hospital|market|mall|airport|mandir|temple|gurudwara) ke (?:paas|nazdeek|kareeb|samne)|"
    r"students?|working professionals?|professionals?|couple|unmarried couple|senior citizens?|joint family|large family|nri|expats?|vegetarian|veg only|"
    r"low density|high rise|low rise|mid rise|highrise|skyscraper|independent|private|personal|separate|attached|"
    r"hospital|school|college|mall|market|airport|highway|natural light|sunlight|cross ventilation|high ceiling|double height|"
    r"home loan|loan|bank loan|rera|rera approved|freehold|clear title|registry|possession|emi|"
    r"bada|badi|bade|chhota|chhoti|chota|choti|sundar|accha|acha|achha|acchi|khula|khuli|hawadar|shaant|shant|saaf|mehnga|naya|nayi|naye|"
    r"बड़ा|बड़ी|छोटा|छोटी|सुंदर|अच्छा|अच्छी|खुला|हवादार|शांत|साफ|नया|नई|नए"
)
_ALSO: Final = re.compile(r"(?<!\w)(?:penthouse|farm ?house|duplex|townhouse)(?!\w)")
_PATTERN: Final = re.compile(rf"(?<!\w)(?:{_SOFT})(?!\w)")
SOFT_WORDS: Final = frozenset(re.findall(r"[^\W\d_]{3,}", _SOFT))


def read_wishes(board: Board) -> tuple[str, ...]:
    """The soft wishes, as written."""
    wishes = [found.group() for found in _ALSO.finditer(board.words.casefold())]
    for found in board.find(_PATTERN):
        first, last = board.index(found.start()), board.index(found.end() - 1) + 1
        said = board.said(first, last)
        if said not in wishes:
            wishes.append(said)
        board.claim("wishes", found.start(), found.end())
    return tuple(wishes)


def _opens(board: Board, at: int) -> bool:
    """Whether this is the "ke" of a "ke paas" that nothing stands before."""
    return not board.taken[at] and board.tokens[at].word in {"ke", "se"}


def read_rest(board: Board) -> tuple[str, ...]:
    """The runs of words that nobody understood, as written."""
    runs: list[tuple[int, int]] = []
    for at, token in enumerate(board.tokens):
        if board.taken[at] or token.word in FILLER:
            continue
        if runs and runs[-1][1] == at:
            runs[-1] = (runs[-1][0], at + 1)
        else:
            runs.append((at - (at > 0 and _opens(board, at - 1)), at + 1))
    unread = list(dict.fromkeys(board.said(first, last) for first, last in runs))
    for first, last in runs:
        board.claim_tokens("unread", first, last)
    return tuple(unread)
