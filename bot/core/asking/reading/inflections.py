"""Forms that no stemming rule brings together, by the form they are read as."""

from __future__ import annotations

_FORMS = """
be: am is are was were been being
begin: began begun beginning start started starting starts begins
break: breaks broke broken breaking
bring: brings brought bringing
build: builds built building
catch: catches caught catching
come: comes came coming
die: died dies dying
drive: drives drove driven driving
fall: falls fell fallen falling
fight: fights fought fighting
find: finds found finding
give: gives gave given giving
go: goes went gone going
hold: held holding holds
keep: keeps kept keeping
know: knows knew known knowing
lead: leads led leading
learn: learns learned learnt learning
leave: left leaving leaves
loss: lose loses losing lost losses
make: made making makes
push: pushed pushes pushing
say: said says saying
see: sees saw seen seeing
send: sent sends sending
shoot: shot shoots shooting
show: shows showed shown showing
sing: sang sung song songs singing sings
speak: speaks spoke spoken speaking
take: took taken
retake: retakes retook retaken retaking
teach: taught teaches teaching
tell: tells told telling
think: thinks thought thinking
write: writes wrote written writing
defense: defenses defence defences
invade: invasion invasions invaded invades invading
cooperate: cooperates cooperated cooperating cooperation cooperative
engineer: engineers engineering engineered
korea: korean koreans
russia: russian russians
ukraine: ukrainian ukrainians
china: chinese
iran: iranian iranians
deploy: deployment deployments deployed deploying
"""

IRREGULAR: dict[str, str] = {
    form: read_as
    for line in _FORMS.strip().splitlines()
    for read_as, _, forms in [line.partition(":")]
    for form in (read_as, *forms.split())
}
"""English words, each with the form that stands for all of its forms."""
