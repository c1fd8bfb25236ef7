"""Words that decide how a noun phrase is read as an actor."""

from __future__ import annotations

# Nouns that only count or group what follows "of".
PARTITIVE = frozenset(
    """hundred thousand dozen score million number group majority handful crowd series couple
    pair team rest part some many most several all both one two three four five six seven eight
    nine ten lot host wave member hundreds thousands dozens scores tens none each any bulk band
    column convoy remnant
    """.split()
)
# Roles that take their sector from the body they speak or act for.
GENERIC = frozenset(
    """spokesman spokeswoman spokesperson leader official member chief head representative
    delegation delegate supporter negotiator source commander fighter spokesmen officials leaders
    members representatives delegates supporters negotiators sources commanders fighters boss
    founder deputy deputies secretary adviser advisor aide aides envoy chairman leadership loyalist
    secretary-general gunman gunmen bomber bombers militant militants attacker attackers operative
    operatives hacker hackers
    """.split()
)
KEEPS_COUNTRY = frozenset(
    """led based controlled ruled held run owned born dominated administered governed
    speaking""".split()
)
# Bodies that, with one of the words beside, stand above states: "World Water Forum".
BODIES = frozenset(
    """forum congress conference union association council organisation organization federation
    summit committee commission tribunal court fund bank league alliance agency programme program
    assembly parliament bureau institute society centre center network secretariat""".split()
)
ABOVE_STATES = frozenset(
    """international world global inter-parliamentary intergovernmental african european asian arab
    pan-african pan-american inter-american american-states islamic transnational multinational
    worldwide mondial""".split()
)
# Capitalised words of titles and bodies that also name some small town.
NOT_PLACES = frozenset(
    """federal national central general republican democratic united supreme high royal imperial
    state first chief prime deputy minister interior foreign justice defence defense president
    vice senior grand union world international global people public free new great
    former""".split()
)
# Who somebody is to another: "Russia's ally", "his counterpart" are not the owner's own.
RELATIONAL = frozenset(
    """ally neighbour neighbor rival enemy foe counterpart opponent adversary sponsor patron backer
    nemesis colleague peer partner critic detractor creditor donor archrival arch-foe arch-rival
    archenemy arch-enemy""".split()
)
# What stands between forces and those they serve: "loyal to", "allied with".
ALLIED = frozenset("loyal faithful allied aligned ally align linked".split())
# Armed men whose side is that of whom they follow.
ARMED = frozenset(
    """force forces troop troops soldier fighter gunman militant militia militiaman guerrilla unit
    army brigade bodyguard mercenary paratrooper commando tank warplane jet artillery
    guard""".split()
)
# Parts of a body, which are of its kind.
PARTS = frozenset(
    """wing arm branch group faction command division section cell network affiliate offshoot
    unit squad detachment component staff headquarters commander fighter leader chief cadre
    member""".split()
)
# What belongs to the one who holds an office, and stands for it.
OFFICES = frozenset(
    """office residence palace workplace headquarters cabinet compound bureau staff entourage
    delegation motorcade administration secretariat""".split()
)
KIN = frozenset(
    """wife husband son daughter brother sister mother father family widow relative cousin nephew
    niece uncle aunt grandson granddaughter stepson spouse heir""".split()
)
