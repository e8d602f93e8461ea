"""Forms that no stemming rule brings together, by the form they are read as."""

from __future__ import annotations

_FORMS = """
be: am is are was were been being
begin: began begun beginning start started starting starts begins
break: broke broken
bring: brought
build: built
buy: bought
catch: caught
come: came
die: died dies dying
drive: drove driven
fall: fell fallen
fight: fought
find: found
fly: flew flown
give: gave given
go: went gone
hold: held holding holds
keep: kept
know: knew known
lead: led
learn: learnt
leave: left leaving leaves
loss: lose loses losing lost losses
make: made making makes
pay: paid
push: pushed pushes pushing
ride: rode ridden
run: ran
say: said says
see: saw seen
sell: sold
send: sent sends sending
shoot: shot shoots shooting
show: showed shown
sing: sang sung song songs singing sings
speak: spoke spoken
stand: stood
steal: stole stolen
take: took taken
teach: taught teaches teaching
tell: told
think: thought
throw: threw thrown
wear: wore worn
win: won
write: wrote written
defense: defence
armor: armour armored armoured
invade: invasion invasions invaded invades invading
cooperate: cooperation coordinate
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
