"""Words and line patterns of datelines, credits and page furniture. Facts only, no logic.

Every pattern is bounded or anchored, so that matching takes linear time.
"""

from __future__ import annotations

import re


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


AGENCIES = _words(
    """
    aa aap adnkronos afp agerpres ajansi ana angop anp ansa anadolu antara ap apa armenpress
    associated-press azertac bbc belga belta bernama bnamericas bss bta cna cnn cp ctk
    deutsche-welle dpa dw efe ekho europa-press ets fars france-24 hina iana ians ifp ina interfax
    interfax-ukraine inform-napalm irin irna ips isna itar-tass jiji kcna kuna kyodo lusa map mehr
    mena mti nan nna nampa novosti ntb pap pa pana pbs petra pic pna press-association press-tv
    presstv pti reuters rfe/rl rferl ria ria-novosti ritzau rt sana sapa saba shafaq-news shabelle
    sonna sonn spa sputnik stt sudan-tribune suna swissinfo tanjug tap tass tasnim tele-sur
    telesur thomson-reuters the-associated-press the-canadian-press the-new-humanitarian tt
    ukrinform un-news unb uni unian upi uzreport vna voa voa-news wafa wam wires xinhua yna yonhap
    zenit
    """
)
"""News agencies and broadcasters as they sign, in lower case, spaces as hyphens."""

PRINTED_IN_CAPITALS_ONLY = _words("aa ap apa cp ina map mena pa pap pic rt spa tap tt uni")
"""Agencies whose name in other letters is, or may be, an ordinary word."""

NOT_PLACES = _words(
    """
    advertisement aid alert analysis background blog breaking bulletin cartoon column comment
    commentary correction corrected covid covid-19 daesh developing donate editorial essay eu
    exclusive explained explainer factbox factsheet farc feature flash focus gallery hamas
    headline headlines hezbollah highlights hiv imf insight interview investigation isil isis
    just-in latest letter letters live live-updates map nato news newsletter note obituary oas
    opec opinion opinions osce party pictures photo photos podcast poll press-release profile q&a
    quote quotes reader read recap report review roundup scoop snapshot special-report sponsored
    statement summary takeaways the-latest timeline transcript un unhcr unicef unsc update
    update-1 update-2 update-3 updated urgent video videos view viewpoint warning watch who world
    wrapup wrapup-1
    """
)
"""Labels and acronyms in capitals that stand before a dash and are no place."""

NAME_PARTICLES = _words(
    """
    a abu ad al and at bin by da de del della den der di dos du e el et for from i ibn in la le of
    on the van von with y zu compiled additional additionally edited editing graphics reporting
    translated translating translation writing written produced production report
    """
)
"""Words in lower case that a line of names and tasks may hold."""

MONTHS = _words(
    """
    jan january feb february mar march apr april may jun june jul july aug august sep sept
    september oct october nov november dec december
    """
)
WEEKDAYS = _words(
    """
    mon monday tue tues tuesday wed wednesday thu thur thurs thursday fri friday sat saturday sun
    sunday
    """
)
CLOCK_WORDS = _words("am pm a.m p.m gmt utc est edt cet cest bst ist msk et at on")

WHOLE_LINE = re.compile(
    r"(?:advertisements?|story continues below(?: advertisement)?|continue reading(?: below)?"
    r"|skip to (?:main )?content|most read|most popular|related (?:stories|articles|topics|news)"
    r"|recommended(?: for you)?|read more|learn more|more on this story|print this (?:article|page)"
    r"|leave a (?:comment|reply)|view comments|back to top|sponsored content|trending(?: now)?"
    r"|share(?: this)?|tweet|getty images|image copyright \S{1,30}(?: \S{1,30})?)[.:…]?\Z",
    re.IGNORECASE,
)
"""Lines that are furniture as a whole."""

LINE_START = re.compile(
    r"(?:(?:file )?(?:photo|picture|image)s?(?: (?:credit|courtesy|source))?(?: by)?:"
    r"|(?:photo|picture|image|cover) credits?:"
    r"|(?:read|see|watch|listen) (?:more|also|next|on)(?: on this)?:"
    r"|also (?:read|see|watch):"
    r"|more (?:on this|from [\w ]{1,30}):"
    r"|related(?: (?:stories|story|articles|article|coverage|news|content))?:"
    r"|(?:©|\(c\)|&copy;)\s?(?:copyright\s)?(?:\d{4}|(?-i:[A-Z]))"
    r"|copyright\s(?:©|\(c\)|&copy;|\d{4}\s(?:by\s|-|–|(?-i:[A-Z])))"
    r"|all rights reserved(?:\.|\s*\Z)"
    r"|the views (?:expressed|and opinions expressed) (?:in this|here|are those|by the author)"
    r"|\(?except for the headline, this story has not been edited"
    r"|tags:|filed under:|topics:)",
    re.IGNORECASE,
)
"""Starts of lines that are furniture to their end."""

_SOCIAL = (
    r"(?:twitter|facebook|instagram|telegram|whatsapp|youtube|linkedin|tiktok|x\b|social media)"
)
_SENTENCES = (
    r"(?:click|tap) here (?:to|for)\b",
    r"click on the (?:link|button|image)\b",
    r"subscribe (?:now|today|here)\b",
    r"subscribe to (?:our|the [\w ]{1,40}(?:newsletter|channel|podcast))\b",
    r"sign up (?:here|now|for our|for the [\w ]{1,40}newsletter|to our|to (?:receive|get) our)\b",
    r"download (?:our|the [\w ]{1,30}) app\b",
    r"share this (?:(?:article|story|post|page|on|via)\b|with your friends|:)",
    rf"(?:share|like us|find us) on {_SOCIAL}",
    rf"(?:you can )?follow (?:us|the author|@\w{{1,30}}) (?:on|@) ?{_SOCIAL}",
    rf"follow (?-i:[A-Z][\w.]{{1,30}}(?: [A-Z][\w.]{{1,30}}){{0,3}}) on {_SOCIAL}",
    r"follow us (?:@|at\b|for (?:more|the latest)\b)",
    rf"join (?:us on|our) {_SOCIAL}",
    r"get (?:the latest|our) [\w ]{1,40} (?:in|to) your inbox\b",
    r"get the latest news (?:delivered|straight|from)\b",
    r"(?:this|our) (?:web ?)?site uses cookies\b",
    r"we (?:and our partners )?use cookies\b",
    r"(?:accept (?:all )?|manage (?:your )?)cookies\b",
    r"by (?:continuing to (?:use|browse)|using) (?:this|our) (?:web ?)?site,? you\b",
    r"(?:read|see) our (?:privacy|cookie) policy\b",
    r"please enable javascript\b",
    r"all rights reserved(?=[.\n]|\Z)",
    r"this material may not be (?:published|reproduced)\b",
    r"this (?:story|article|report) (?:was|is) (?:originally|first) published\b",
    r"this (?:story|article) (?:was|is|has been) (?:published|(?:auto-)?generated) from an? "
    r"(?:syndicated|agency|automated)",
    r"have a (?:news )?tip\?",
)
SENTENCE_START = re.compile(
    rf"(?:^[ \t>*•-]{{0,8}}|(?<=[.!?…] ))(?:{'|'.join(_SENTENCES)})", re.IGNORECASE | re.MULTILINE
)
"""Starts of sentences that address the reader or speak of the page itself."""

CONTRIBUTED = re.compile(r"contributed (?:to )?(?:reporting|this (?:report|story|article))\b")
CREDIT_START = re.compile(
    r"(?:(?:additional )?(?:reporting|writing|editing|graphics|translation|production)"
    r"(?: and (?:additional )?(?:reporting|writing|editing))?"
    r"|written|edited|compiled|translated|produced)"
    r" (?:by|in)\s|with (?:additional reporting|inputs?|files) (?:by|from)\s"
    r"|photos? by\s|(?:afp|ap|reuters|dpa|pti) photos?[ /]",
    re.IGNORECASE,
)
AGENCY_LEAD = re.compile(r"\(([^()\n]{2,40})\)\s?(?:[—–―]|-{1,3})\s")
SOURCE_START = re.compile(r"(?:sources?|credits?|via|courtesy)(?: of)?:\s?", re.IGNORECASE)
TIME_START = re.compile(
    r"(?:(?:first |last |originally )?(?:published|updated|posted|modified)(?: (?:on|at))?"
    r"|(?:publication )?date)\s?:?\s?",
    re.IGNORECASE,
)
URL = re.compile(
    r"\b(?:https?://|www\.|pic\.twitter\.com/|t\.co/)[^\s<>\"”“]{2,2000}", re.IGNORECASE
)
"""Web addresses, with what punctuation follows them."""
