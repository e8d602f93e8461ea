"""
Words of news from conflicts that people use for each other.

The names of a fact base are its own; these are the verbs and common nouns that no fact base would list.
"""

from __future__ import annotations

from functools import cache

from bot.core.asking.reading.tokens import stem_word

_GROUPS = """
use operate employ utilise utilize wield
equipment machine device platform vehicle gear tool technology tech
order command instruct decree decide direct mandate приказал приказали приказ наказав наказали наказ
send dispatch deploy ship provide contribute despatch transfer supply отправил отправить послал надіслав
train teach instruct educate lesson course prepare обучал обучали обучил обучили учил навчав навчали навчив
close shut inaccessible blocked sealed barred banned evacuate off-limits uninhabitable closure return unsafe forbidden
close access safe
close enter
close lock allow permit reopen return
sing anthem hymn
venerate worship bow salute honour honor revere reverence ritual ceremony pray homage
sign signify symbol symbolise symbolize token gesture meaning
invade storm attack incursion offensive enter raid cross assault
invade storm attack incursion вторглась вторгся вторглись вошла вошли зашли увійшли вторгнулися
push oust expel drive liberate retake recapture evict eject kick chase
push oust expel drive вытеснили выбили освободили витіснили вибили звільнили
repel repulse beat fend thwart push
announce declare proclaim
clear remove clearance sweep defuse dismantle neutralise neutralize dispose disposal demine demining deminers
begin start commence underway launch
pact treaty agreement accord deal legal
leader ruler dictator head boss chief
civilian resident local inhabitant villager
settlement village town hamlet
manufacture produce make build origin produced
image photo picture footage video photograph
cooperation alliance partnership tie relationship relation collaboration
deepen grow strengthen expand increase closer tighten
advance proceed progress
risk danger threat hazard peril protect protection safeguard save spare lives shield
aim purpose objective intend goal mission point achieve accomplish
hold occupy control
shell artillery bombard fire shoot bombardment strike attack hit
callsign sign nickname
die dead death kill wipe perish fatality fall slay slain casualty victim
learn learner study student pupil pick grasp
quick quickly fast rapid swift
attentive listen careful
comrade lad guy fellow colleague counterpart peer
experience experienced skilled veteran expert skill background qualified qualification expertise competent
arrive come reach
support help assist aid back
leave plant lay bury abandon оставил оставили залишив залишили
density dense concentration thick плотность щільність
create form establish found создал создали создать створив створили створити
share fraction proportion part percentage portion
equal same par level
homeland home country
detect detector detection equipment
unit group team detachment battalion подразделение отряд підрозділ загін
release publish
show depict
unseen unprecedented unheard
ready readiness willing prepared loyal loyalty obey obedience allegiance
counter combat defeat against
follow after precede
soldier troop servicemen army military force fighter
"""

_MEMBERS = tuple(frozenset(map(stem_word, line.replace("-", "").split())) for line in _GROUPS.strip().splitlines())


@cache
def alike(stem: str) -> frozenset[str]:
    """Stems of words that are used for the one with *stem*; without itself."""
    return frozenset(other for group in _MEMBERS if stem in group for other in group) - {stem}


@cache
def wide(stem: str) -> frozenset[str]:
    """*stem* and the stems of words that are used for it."""
    return alike(stem) | {stem}
