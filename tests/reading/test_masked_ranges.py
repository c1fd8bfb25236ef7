"""What is masked in a text and, more important, what is not.

In the cases ⟦ and ⟧ stand around the part that must be masked; nothing else may be.
"""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crisiswire.reading import dateline, masked_ranges
from crisiswire.reading.cleaning import merged

NEWS = "Troops loyal to the president took the airport at dawn, an army spokesman said."

MASKED = [
    # datelines
    "⟦KHARTOUM, April 11 (Reuters) — ⟧Sudan's army removed the president on Thursday.",
    "⟦BEIJING (AP) - ⟧China protested to Washington over the sale of tanks.",
    "⟦Caracas, Venezuela | ⟧Soldiers closed the bridge to Colombia on Friday.",
    "⟦UNITED NATIONS (AP) — ⟧The Security Council met behind closed doors.",
    "⟦MOSCOW, May 3. /TASS/. ⟧Russia's foreign minister rejected the charge.",
    "⟦DAMASCUS, SANA – ⟧Army units found a depot of weapons near the town.",
    "⟦Ankara, Turkey, 14 May 2019 – ⟧Police detained twelve members of the party.",
    "⟦Geneva, 12 May 2019: ⟧The two delegations resumed their talks on prisoners.",
    "⟦KYIV -- ⟧Ukraine recalled its ambassador on Monday after the vote.",
    "⟦PORT-AU-PRINCE, Haiti — ⟧Gunmen set fire to a police station overnight.",
    "⟦WASHINGTON/LONDON, Jan 8 (Reuters) - ⟧Two allies imposed sanctions on the bank.",
    "⟦Kabul (AFP) – ⟧A bomb killed nine people outside a mosque on Friday.",
    "⟦JERUSALEM (May 14, 2018) — ⟧The embassy opened amid protests at the border.",
    "⟦WASHINGTON (Reuters) ⟧The president said he would veto the bill.",
    "⟦Khartoum - ⟧The army arrested two ministers on Friday, witnesses said. They are safe.",
    "⟦Port Sudan, Sudan – ⟧Two ships with grain reached the harbour.",
    "Envoys Meet Again\n\n⟦Muscat — ⟧Envoys of both sides met behind closed doors on Sunday.",
    "⟦(Reuters) - ⟧Rebels freed forty prisoners on Sunday.",
    f"Army takes airport\n\n⟦By Jane Doe⟧\n\n⟦LAGOS, Nigeria (AP) — ⟧{NEWS}",
    # credits
    f"{NEWS}\n\n⟦(Reporting by Jane Doe in Cairo; Editing by John Roe)⟧",
    f"{NEWS} ⟦(Additional reporting by Ali al-Sayed and Jane Doe)⟧",
    f"{NEWS}\n⟦Reporting by Jane Doe; additional reporting by John Roe; Editing by A. Bee⟧",
    f"{NEWS}\n⟦Writing by Jane Doe; Editing by John Roe⟧",
    f"{NEWS}\n⟦(Compiled by Jane Doe)⟧",
    f"{NEWS}\n⟦AFP/jk⟧",
    f"{NEWS}\n⟦dpa/jd/abc⟧",
    f"{NEWS}\n⟦PressTV / ABC Flash Point Blogs 2019.⟧",
    f"{NEWS}\n⟦Reuters⟧",
    f"{NEWS}\n⟦Source: Xinhua⟧",
    f"{NEWS}\n⟦Sources: AFP, The Daily Example⟧",
    f"{NEWS}\n⟦Associated Press writer Jane Doe in Cairo contributed to this report.⟧",
    f"⟦By JANE DOE and JOHN ROE, Associated Press⟧\n{NEWS}",
    f"⟦© 2019 The Example Times⟧\n{NEWS}",
    f"{NEWS}\n⟦Copyright 2019 Example Press. All rights reserved.⟧",
    f"{NEWS}\n⟦Copyright © Example Press⟧",
    f"{NEWS}\n⟦(c) 2021 Example Press⟧",
    f"{NEWS}\n⟦All rights reserved.⟧",
    f"{NEWS}\n⟦Photo: A soldier at the gate of the barracks. Jane Doe/AFP⟧\n{NEWS}",
    f"{NEWS}\n⟦Image credit: Jane Doe⟧",
    f"{NEWS}\n⟦Photo by Jane Doe⟧",
    # page furniture
    f"{NEWS}\n⟦Advertisement⟧\n{NEWS}",
    f"{NEWS} ⟦Click here to read all our reports from the front.⟧ {NEWS}",
    f"{NEWS}\n⟦Read more: Army takes second airport⟧\n{NEWS}",
    f"{NEWS}\n⟦RELATED: What the coup means for the region⟧",
    f"{NEWS}\n⟦Subscribe to our newsletter for the day's news.⟧",
    f"{NEWS}\n⟦Sign up for our morning briefing.⟧",
    f"{NEWS}\n⟦Share this article⟧",
    f"{NEWS}\n⟦Follow us on Twitter @example⟧",
    f"{NEWS}\n⟦Follow Jane Doe on Twitter: @janedoe⟧",
    f"⟦We use cookies to give you the best experience.⟧\n{NEWS}",
    f"⟦By continuing to use this site, you agree to our terms.⟧ {NEWS}",
    f"⟦This website uses cookies.⟧ {NEWS}",
    f"⟦Published: 14 May 2019 10:32 GMT⟧\n{NEWS}",
    f"⟦Last updated May 3, 2019⟧\n{NEWS}",
    f"{NEWS}\n⟦The views expressed in this article are the author's own.⟧",
    f"{NEWS}\n⟦This story was originally published by Example Press.⟧",
    # addresses
    "The list is at ⟦https://example.org/list?id=4⟧, the ministry said.",
    "The ministry (⟦www.example.org/a_(b)⟧) named nine dead.",
    "The video ⟦pic.twitter.com/abc123⟧ shows troops at the gate.",
    "Send evidence to ⟦tips.desk@example.co.uk⟧.",
]

KEPT = [
    # names and dashes that are no datelines
    "Tehran – Washington's foe since 1979 – rejected the offer within hours.",
    "Gaza City - Hospitals Under Fire",
    "Sudan - The army arrested two ministers on Friday, witnesses said.",
    "Smith - The minister's brother was arrested on Friday, witnesses said.",
    "Russia — which annexed the peninsula in 2014 — denied any role in the attack.",
    "NATO — Turkey's ally since 1952 — warned Moscow against another raid.",
    "BREAKING - Soldiers have surrounded the parliament in the capital, witnesses say.",
    "Talks - The third round since March - ended without a deal between the two sides.",
    "Iran, Russia – The two governments signed a pact on arms in Tehran on Monday.",
    "Putin: The West has declared war on us, and we shall answer, he told officers.",
    "Two dead, nine wounded - Police blamed the rebels for the blast in the market.",
    "Maduro (PSUV) – The president since 2013 – rejected the vote of the assembly.",
    "Sudan (AP) reported nothing of the kind, and its envoy left the hall in protest.",
    "May 3 - The day on which the army took power - is now a public holiday there.",
    "ISIS - Once master of a third of Iraq - has lost its last village, the army said.",
    "The army (Reuters) - A unit of the militia - denied that it had fired on the crowd.",
    "In Moscow, May 9 - Victory Day for Russians - passed without the usual parade.",
    "US-backed forces - Kurds and Arabs - took the dam from the jihadists on Sunday.",
    # words that also begin credits
    "Reporting by the BBC showed that soldiers had burned the village to the ground.",
    "Reporting by Amnesty International has documented the killing of 40 protesters.",
    "Editing by state censors removed every mention of the massacre from the film.",
    "The minister (reporting by Monday to the council) threatened to resign at once.",
    "(Reporting by Human Rights Watch shows that troops shot at least 20 people there.)",
    "Written by hand, the letter threatened the ambassador with death within a week.",
    "By Monday, troops had left the town",
    "By the River Drina, Serbs Shelled Refugees on the Road",
    "AFP reported that rebels had taken the town of Goma after two days of fighting.",
    "Reuters was told by two officials that Israel would strike the reactor in June.",
    "AFP / Reuters offices in the capital were raided by police.",
    "Sources: Israel struck a convoy near Damascus overnight",
    "Source: ministry denies the arrest of the opposition leader",
    "Sources in the army said that the general had been arrested at his house.",
    "The ministry's sources: two colonels who fled to Jordan in March, he said.",
    "Russia contributed to this report of the Security Council by vetoing its chapter.",
    "The officers who contributed to this report were arrested on Tuesday.",
    # words that also begin furniture
    "Photo evidence shows that the regime dropped barrel bombs on the hospital.",
    "Photos by activists showed soldiers beating protesters in the square.",
    "Photographs: none were allowed, but witnesses told of 30 bodies.",
    "Copyright laws were tightened by the junta to silence the last newspapers.",
    "Copyright 2019 rules angered Brussels, which sued Poland over them.",
    "All rights reserved to minorities by the treaty were abolished by decree.",
    "Read more books, the minister told the students, and they threw stones at him.",
    "Related parties to the conflict met in Doha and agreed on a truce.",
    "Share this burden with us, Merkel told the other governments of the Union.",
    "Share our grief, the president asked the nation after the bombing.",
    "“Follow us on Twitter,” the junta's spokesman told reporters.",
    "Followers of the cleric clashed with police on Twitter Street.",
    "Subscribe to the doctrine or leave the country, the regime warned its envoys.",
    "Police said that the hackers had used cookies to steal passwords of envoys.",
    "Clicking here to there, the bomb's timer ran down before the soldiers fled.",
    "Advertisement of weapons on the radio was banned by the military council.",
    "Tweets by the president threatened North Korea with fire and fury.",
    "Published in May, the report accused the army of torture and of murder.",
    "Updated weapons were delivered to the rebels by the United States in May.",
    "The site was attacked by hackers who called themselves Example.org defenders.",
    "Lenta.ru reported that the governor had been arrested by the security service.",
    "The price rose to 5 rubles @ the border, and drivers blocked the road.",
    "Sign up for the army or go to prison, the governor told young men.",
    "Download of the app was blocked by the regulator on the eve of the protests.",
    "We use tear gas only when attacked, the chief of police told parliament.",
    "Most read the decree as a threat against the opposition.",
    "\U0001f6a8 Soldiers \x07 fired \ud800 on the crowd.",
]


def marked(text: str) -> tuple[str, list[str]]:
    """The text without marks, and the parts between them."""
    parts = [piece.split("⟧")[0] for piece in text.split("⟦")[1:]]
    return text.replace("⟦", "").replace("⟧", ""), parts


def masked_parts(text: str) -> list[str]:
    return [text[start:end] for start, end in masked_ranges(text)]


def test_the_tables_are_large_enough_to_mean_something() -> None:
    assert min(len(MASKED), len(KEPT)) >= 40


@pytest.mark.parametrize("case", MASKED)
def test_masks_exactly_what_is_no_report(case: str) -> None:
    text, parts = marked(case)
    assert masked_parts(text) == parts


@pytest.mark.parametrize("text", KEPT, ids=lambda text: ascii(text[:40]))
def test_leaves_news_alone(text: str) -> None:
    assert masked_parts(text) == []
    assert masked_parts(f"{text}\n{NEWS}") == []
    assert masked_parts(f"{NEWS}\n{text}") == []


@pytest.mark.parametrize(
    ("text", "place", "date"),
    [
        ("KHARTOUM, April 11 (Reuters) — Sudan's army took power.", "KHARTOUM", "April 11"),
        ("Caracas, Venezuela | Soldiers closed the bridge.", "Caracas, Venezuela", None),
        ("BEIJING (AP) - China protested to Washington today.", "BEIJING", None),
        ("Geneva, 12 May 2019: The two sides resumed their talks.", "Geneva", "12 May 2019"),
        ("GENEVA, May 12, 2019 (AFP) - The two sides resumed talks.", "GENEVA", "May 12, 2019"),
        ("Coup in Sudan\n\nKHARTOUM (AP) - The army took power today.", "KHARTOUM", None),
        ("SAN SALVADOR, Monday - The army entered parliament.", "SAN SALVADOR", "Monday"),
        ("PETRA (AP) — Tourists fled the ancient city on Friday.", "PETRA", None),
    ],
)
def test_dateline_names_place_and_date(text: str, place: str, date: str | None) -> None:
    found = dateline(text)
    assert found is not None
    assert found.place.text == text[found.place.start : found.place.end] == place
    if date is None:
        assert found.date is None
    else:
        assert found.date is not None
        assert found.date.text == text[found.date.start : found.date.end] == date
    assert found.start <= found.place.start < found.place.end <= found.end


SIGNED = [
    ("Atlantic Wire", "⟦CARACAS, Jan 24 (Atlantic Wire) - ⟧The assembly swore in its head."),
    ("Volga Herald", "⟦MOSCOW, March 28. /Volga Herald/. ⟧Russia rejected the charge again."),
    ("volga  herald", "⟦MOSCOW, March 28. /Volga Herald/. ⟧Russia rejected the charge again."),
    ("Diario del Pueblo Soberano", "⟦Caracas (Diario del Pueblo Soberano) – ⟧The army is loyal."),
    ("Diario del Pueblo Soberano", "⟦CARACAS, /Diario del Pueblo Soberano/ — ⟧The army is loyal."),
    ("Atlantic Wire", f"⟦(Atlantic Wire) - ⟧{NEWS}"),
]


@pytest.mark.parametrize(("outlet", "case"), SIGNED)
def test_the_outlet_may_sign_its_own_dateline(outlet: str, case: str) -> None:
    text, parts = marked(case)
    assert [text[start:end] for start, end in masked_ranges(text, outlet)] == parts
    assert masked_ranges(text) == ()
    assert masked_ranges(text, "Another Paper") == ()


def test_an_outlet_named_like_a_party_hides_no_party() -> None:
    assert masked_ranges("The Guardian (Iran) said the council met for an hour.", "Iran") == ()


@pytest.mark.parametrize("text", ["", "\n\n", NEWS, *KEPT[:14]])
def test_no_dateline_where_there_is_none(text: str) -> None:
    assert dateline(text) is None


@given(
    st.lists(
        st.one_of(
            st.text(max_size=30),
            st.sampled_from(
                ["\n", "(Reporting by ", "; editing by X)", "LIMA (AP) - ", "@", "a@b.co",
                 "https://", "www.x.y/(z)", "Click here to ", ". ", "© 2019 ", "\ud800", "Source: "]
            ),
        ),
        max_size=20,
    ).map("".join)
)  # fmt: skip
def test_ranges_are_sorted_disjoint_and_within_the_text(text: str) -> None:
    ranges = masked_ranges(text)
    flat = [edge for span in ranges for edge in span]
    assert flat == sorted(set(flat))
    assert all(0 <= edge <= len(text) for edge in flat)


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30))))
def test_merging_keeps_every_position_and_adds_none(ranges: list[tuple[int, int]]) -> None:
    covered = {i for start, end in ranges for i in range(start, end)}
    joined = merged(ranges)
    assert {i for start, end in joined for i in range(start, end)} == covered
    assert all(a[1] < b[0] for a, b in pairwise(joined))


@pytest.mark.parametrize(
    "unit",
    ["a", "(", "@", "a@", " ", "\n", ".", "www.", "http://", "/", "-", "— ", "A, ", "> ",
     "(reporting by ", "(Reporting by A ", "click here to ", ". we use cookies ",
     "A " * 50 + "\n", "follow A ", "\n(", "\nBy A B and "],
    ids=ascii,
)  # fmt: skip
def test_time_grows_with_the_length_only(unit: str) -> None:
    text = (unit * 300_000)[:300_000]
    started = time.process_time()
    masked_ranges(text)
    assert time.process_time() - started < 3.0
