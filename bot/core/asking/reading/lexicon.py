"""The words questions are made of, whatever they are about: English, Russian, Ukrainian, some Korean."""

from __future__ import annotations

from bot.core.asking.reading.tokens import Token, fold_word, stem_word
from bot.languages.english import ordinary


def _words(*lines: str) -> frozenset[str]:
    return frozenset(fold_word(word) for line in lines for word in line.split())


def _stems(*lines: str) -> frozenset[str]:
    return frozenset(stem_word(word) for line in lines for word in line.split())


HOW_MANY = _words("many much count total сколько скільки 몇 얼마나 얼마")
NUMBER_OF = _words("number numbers amount count total toll size число количество кількість")
SIZED = _words("big large strong sizable sizeable numerous")
FIGURES = _words(
    "numbers number figure figures count counts toll tally statistics stats estimate estimates total rate"
)
WHEN = _words("when whens date year month когда коли дата 언제")
WHO = _words("who whos whod whom whose кто кого кому чей хто 누가 누구")
WHERE = _words("where wheres куда где откуда де куди звідки 어디")
VERIFIED = _stems(
    "verified verify verification verifiable confirmed confirm confirmation unverified unconfirmed independent",
    "authentic genuine independently true truth reliable proof proven prove evidence checked factual fact",
    "accurate legit real really проверено проверен подтверждено подтвержден подтвердил правда достоверно",
    "перевірено підтверджено 확인 사실",
)
SAY = _stems(
    "say said says saying claim claims claimed claiming state stated states tell told tells report reported",
    "reports announce announced announces estimate estimates estimated assert asserted allege alleged think",
    "thinks thought believe believes believed put puts describe described comment commented mention mentioned",
    "declare declared reckon reckons add added quote quoted talk talked speak spoke write wrote reveal revealed",
    "warn warned argue сказал сказала сказали говорит говорят говорил заявил заявила заявили заявляет утверждает",
    "утверждают сообщил сообщает сообщили считает объявил объявила объявили сказав оголосив каже кажуть заявив",
    "заявляє стверджує повідомив повідомляє вважає 말했 주장",
)
STATEMENT = _stems(
    "claim claims statement statements estimate estimates figure figures number numbers version account words",
    "quote quotes opinion view remarks comment comments report reports announcement assessment testimony tally",
    "count слова заявление заявления данные оценка оценки заява заяви дані оцінка",
)
TELLING = _stems("told tell")
ACCORDING = _words("according per источник источники согласно данным словам версии мнению за даними словами")
WITH = _words(
    "in for by with against to from into inside alongside help helps helping helped aid assist join joining",
    "в на за у від от для к",
)
"""Words before somebody who is there besides the one it is about."""

AUXILIARY = _words(
    "do does did done has have had is are was were be been being will would can could should may might must also",
    "just even ever actually really exactly then now not recently already still so publicly",
)

FUNCTION = _words(
    "a an the this that these those it its itself they them their theirs he him his she her hers we us our i me",
    "my you your yours one ones some any all both each every another other others such same own what which who",
    "whom whose when where why how there here and or but nor if than then else so as at by for from in into of",
    "off on onto out over to too up down with within without about after again against before between during",
    "through under until since upon via per do does did done doing has have had having is are was were be been",
    "being am will would can could should may might must shall whether either because due while not no dont",
    "doesnt didnt isnt arent wasnt werent hasnt havent cant cannot wont whats hows wheres whos thats theyre im",
    "couldnt wouldnt shouldnt mustnt aint havent ive id lets u ur ya youre youd theres",
)
"""English words that only hold a sentence together."""

LIGHT = _words(
    "boys warriors great nice cool fine lovely excellent",
    "behind rate rated rates stop stops stopped stopping prevent prevents prevented back country countries nation",
    "nations state states ppl abt bc cuz coz cos bcs tho rn wat wut wht wot wats wen wher thx ty imo fyi smth sth",
    "vs versus etc eg ie aka nvm dunno lemme yall nah nope yep yeah yea yup dis dat da teh extra signify",
    "signifies signified signifying job jobs position positions post title function relay relayed relays",
    "condition conditions circumstances circumstance aspect aspects factor angle perspective stance narrative",
    "headline headlines text paragraph piece message discussion debate difference differences discrepancy",
    "contradiction comparison compare compared contrast relation relations connection link linked impact effect",
    "effects consequence consequences outcome outcomes rationale justification explanation description definition",
    "example examples instance denote imply regard undertake undertook engage engaged participate participated",
    "participating affect affected influence influenced address addressed cover covered highlight highlighted",
    "note noted emphasise emphasize emphasised emphasized stress stressed pointed outline outlined elaborate",
    "clarify specify specified disclose disclosed publish published broadcast aired circulate circulated surface",
    "surfaced emerge emerged arise arose proceed resume resumed finish finished conclude concluded attempt",
    "attempted hope hoped fear feared worry worried wish wished obtain obtained gather gathered collect collected",
    "acquire tend exactly partial approximate rough exact precise present earlier initial final",
    "ongoing unofficial public national international global political strategic tactical operational massive",
    "severe dire terrible sad tragic crazy insane wild weird strange interesting surprising shocking impressive",
    "primary crucial vital essential potential probable fake correct genuine lately nowadays presently thus far",
    "considered overall combined altogether respective various multiple numerous countless plenty couple handful",
    "majority minority bulk truthful valid legitimate legitimacy credibility reliability validity authenticity",
    "plausible doubtful questionable dubious doubt doubts trust source sourced sourcing originally author authors",
    "writer journalist journalists reporter reporters correspondent media coverage among amongst highest lowest",
    "cite cites cited play plays played action actions future launch launched launches promise promised promises",
    "authentic manage managed expected amid throughout hence thereby besides despite although though basis aware",
    "unaware curious interested wonder recall remember imagine guess supposed meant whichever whatever whoever",
    "however wherever more most less least much many few several lot lots bit enough around near approximately",
    "roughly almost nearly only just even ever also actually really currently now today still yet already",
    "recently recent latest last month ago please pls plz hey hi hello ok okay well yes tell show give find get",
    "let know want need see look list explain say said says told anyone anybody someone somebody everyone nobody",
    "anything something everything nothing thing things stuff info information detail details data news update",
    "updates story stories article sources claim claims claimed fact facts base report reports reported saying",
    "mean means number numbers amount figure figures count total estimate estimates estimated official officially",
    "person people man men guy guys kind kinds type types sort regarding concerning related topic subject matter",
    "question answer happen happened happening happens going go goes went come came comes involve involved called",
    "named name take took part parts way make makes made use put true false real right wrong sure check checked",
    "verify verified verification confirmed confirm independently independent evidence proof reliable credible",
    "legit believe think heard read hear supposedly allegedly apparently reportedly possible possibly maybe",
    "probably according basically literally specific specifically together new big whole full entire main major",
    "different current time times date day year old whatsoever r yo bro lol omg wtf lmao btw idk tbh bot caveat",
    "dude quick quickly like gimme wanna gonna gotta cause caused reason suffer suffered suffering undergo exist",
    "existed occur occurred keep kept continue continued continues continuing try tried remain",
    "remained remains stay stayed quite very truly fully partly often always never sometimes usually mostly",
    "mainly especially help helped anymore regards respect context overview summary summarize summarise describe",
    "described describing discuss discussed talk talks talked talking speak speaking spoke mention mentioned",
    "mentions write wrote written add added remark remarked comment comments commented opinion opinions view",
    "views statement statements quote quoted word words version account accounts assert asserted allege alleged",
    "allegation allegations declare declared announce announced announcement express expressed respond responded",
    "response answered admit admitted deny denied argue argued insist insisted suggest suggested stated reveal",
    "revealed warn warned believes believed thinks thought reckon knows known knew seen saw shows showed showing",
    "shown wartime conflict battlefield combat fight fighting fights front frontline frontlines effort efforts",
    "warzone began begin begun begins start started starts starting end ended side sides group groups member",
    "members body bodies folk folks human humans everybody situation status event events issue issues case cases",
    "problem somewhere anywhere everywhere first second next previous former newly early late later soon good bad",
    "small large huge high low long short wide gets got gotten getting set sets puts bring brought gave given",
    "gives giving looks looked looking seem seems seemed appear appears appeared call calls calling names term",
    "terms wants wanted needs needed likes liked ask asks asked asking tells telling uses used using usage making",
    "work works worked working similar relevant verifies verifying unverified unconfirmed confirmable confirms",
    "confirming confirmation proven prove proves proved accurate accuracy actual trusted trustworthy believable",
    "factual contested disputed dispute disputes refuted debunked corroborated claimant claimants claiming",
    "precisely approx circa max maximum minimum totals sum persons individuals perform performed performs",
    "performing conduct conducted role roles place places threat threats threaten face faces facing faced close",
    "closely heavy likely unlikely able available certain clear common important individual largest biggest",
    "bigger larger smaller smallest serious significant single special typical usual complete joint assume",
    "consider considering concern concerned consist contain contained depend determine determined discover",
    "discovered ensure evaluate expect explained explains identify identified include included includes including",
    "indicate indicated indicates inform informed intend intended introduce introduced lack occurring offer",
    "offered plan planned plans provide provided presented receive received refer referred referring reflect",
    "regarded relate relates represent represents require required requires result resulted results seek serve",
    "served serving share shared treat treated understand understood wondering idea ideas notion meaning",
    "significance importance detailed nature character characteristic range extent scale magnitude size sizes",
    "strength rumor rumors rumour rumours rumored gossip hoax propaganda myth location located area areas zone",
    "zones region regions district districts department territory sector statistics stats statistic percent tally",
    "tallies record records recorded registered documented listed briefly hows whats thats eventually finally",
    "initially previously formerly subsequently meanwhile afterwards thanks thank cheers else elsewhere coming",
    "arrives stand stands standing prior once across along above apart alone instead neither myself yourself himself",
    "herself itself themselves ourselves toward towards inside outside alongside otherwise therefore unless whenever",
    "somehow somewhat regardless whilst rather twice till none better worse worst best longer further deeper deep",
    "simple normal average particular regular relevant exclusive obvious honest proper alternative opposite latter",
    "former absolute constant contrary incredible amazing awful horrible ridiculous unbelievable stunning",
    "alarming remarkable unexpected controversial substantial considerable enormous widespread frequent rapid sudden",
    "immediate entirety wondered notice noticed realise realize recognise recognize mark marked choose chose chosen",
    "decline refuse refused reject rejected dealt dealing cope turn turned turns move moved moving feel",
    "felt feels feeling sounds sound guessed guesses assumed assumes clue insight perception impression context",
    "conversation meanwhile afterward anyways hopefully alright competing away border borders",
)
"""English words that say little about the subject: a claim need not have them, but ranks higher with them."""

CHAT = _words(
    "lmk tldr tl ngl iirc afaik fwiw asap smh ffs jk ikr tfw fr frfr bruh bruv fam mate m8 pal buddy peeps yo heya",
    "lives sup wassup wazzup whatsup yall ok kk k w n b q c tho thru prolly tryna kinda sorta outta lotta hafta",
    "gotcha rofl haha hahaha hehe ugh hmm hm um uh oh ah er damn heck hell gosh wow jeez deets scoop lowdown sitrep",
    "lmfao recap rundown breakdown gist intel skinny legit def defo deffo obvs pls plzz pleaseee nite sry soz",
    "yea fyi irl rlly rly srsly ppl peep wanna whatre howd whyd whod didya wot theyd theyve hes shes weve",
)
"""Words of chat that say nothing about the subject."""

CHAT_SPELLINGS = {
    "b4": "before",
    "2day": "today",
    "2moro": "tomorrow",
    "2nite": "tonight",
    "gr8": "great",
    "l8r": "later",
    "l8": "late",
    "m8": "mate",
    "any1": "anyone",
    "some1": "someone",
    "every1": "everyone",
    "no1": "no one",
    "w/": "with",
    "w/o": "without",
}
"""Words of chat that are written with digits and signs, which would be read as numbers."""

_ENDS = {
    "war": "effort efforts",
    "deal": "with",
    "hang": "on",
    "hung": "on",
    "back": "up",
    "agree": "on with about",
    "charge": "of",
}
PHRASES = frozenset((verb, after) for verb, ends in _ENDS.items() for after in ends.split())
"""Words that say little together with the word after them, though they say much alone."""

BIDS = _words("play draw paint write sing buy order book download recommend translate define google")
"""Verbs that, as the first word, want something done, not told."""

SOLDIERS = _stems(
    "soldier soldiers troop troops force forces serviceman servicemen fighter fighters personnel",
    "солдаты солдат войска военные солдати військові війська",
)
"""People who are sent to wars, whatever they do there."""

MEN = _words("men boys guys lads warriors")
"""Words that after a leader's name with an apostrophe mean soldiers: "Kim's men"."""

TITLES = _words("general gen president minister colonel lieutenant lt spokesman spokesperson spokeswoman mr leader")
"""Words that may stand before a person's name without adding to it."""

OUTLETS = _words(
    "newspaper newspapers outlet outlets channel agency media press website site paper broadcaster station"
)
"""Words that may stand beside the name of a medium without adding to it."""

OFFICES = _words("ministry president intelligence government")
"""With an article, words that mean the one office of that kind that the base has: "the ministry"."""

EVENT = _words("war battle siege")
"""Words that make a name before them the name of an event: the Vietnam war."""

FOREIGN_GLUE = _words(
    "такой такая такие таков хто такий така такі едет едут идет идут используют использует применяют применяет",
    "находится находятся имеет имеют является являются получили получил дали дал взяли сделали делают делает",
    "работают работает служат воюют воевать участвуют прибыли прибыл сообщение заявление мнение оценка вопрос",
    "ответ интересно подскажите подскажи пожалуйста назвал назвали какова каков їде їдуть використовують",
    "використовує застосовують перебувають перебуває знаходяться має мають отримали робить роблять працюють",
    "служать воюють беруть участь прибули повідомлення заява думка оцінка питання будь ласка підкажи цікаво",
    "назвав число количество году года год рік році року каком какому якому чем чему объявил объявила объявили",
    "оголосив оголосила оголосили назвала об всех всі свой свою своих новый новая новые новий нова нові начал",
    "начали почали стало 명 명을 명이 수는 몇명 인원 области область район районе районы місто обл 발언 말 소식",
    "뉴스 안녕하세요 규모 수 как дела привет спасибо здравствуйте дякую вітаю пока хорошо плохо добре можно",
    "можешь нужно хочу знаю и в во на с со из от до по за под над при про о обо у к ко для без через между что",
    "кто где куда когда какой какая какие какое каких сколько почему зачем ли же бы не ни нет да это этот эта эти",
    "то тот та те его ее их он она они мы вы я ты был была было были есть будет по-русски там тут здесь уже еще",
    "ещё всего более менее свыше около примерно только также тоже или а но если который которые которых которая",
    "сейчас сегодня началось начался началась произошло случилось известно скажи расскажи покажи новости",
    "информация данные сказал сказала сказали говорит говорят говорил заявил заявила заявили заявляет утверждает",
    "утверждают сообщил сообщает сообщили считает согласно словам данным версии правда проверено подтверждено",
    "подтвердил чей чьи людей человек человека чел люди і й з із зі від під між що де куди коли як який яка яке",
    "які яких скільки чому навіщо чи ж би ні так це цей ця ці той ті його її їх він вона вони ми ви ти був була",
    "було були є буде вже ще всього більше менше понад близько приблизно тільки також або але якщо ніж зараз",
    "сьогодні почалося почалось почався сталося відомо розкажи новини інформація дані сказав каже кажуть заявив",
    "заявляє стверджує повідомив повідомляє вважає даними словами версією перевірено підтверджено осіб людини 은",
    "는 이 가 을 를 의 에 에서 와 과 도 로 으로 얼마나 몇 언제 누가 무엇 어디 왜 어떻게 얼마 인가 입니까 했나",
    "했습니까",
)
WHY = _words("why whyd purpose reason reasons aim goal почему зачем чому навіщо 왜")
WHY_PHRASES = frozenset({("how", "come"), ("what", "for"), ("point", "of"), ("point", "in"), ("sake", "of")})
COMPARED = _words("and or vs versus и или та або")
SPANS = _stems("hour day week month year decade long")
"""Words that tell in a claim how long something lasted."""

PURPOSES = _stems("aim aimed aims purpose intended goal objective")
"""Words that tell in a claim what something is done for."""

COMING = _stems("send sent deploy dispatch come bring need")
"""What people who have a mission were made to do: a claim on the mission need not repeat it."""

_TRANSLITERATED = 4
"""Foreign words are also known in Latin letters ("skolko") from this length on, unless they are English too."""

_VOWELS = "aeiou"
_LONGEST_CLIPPED = 3
_CLIPPED = sorted(
    _words("how have were been that what when where who why which from with this there they people many")
)
_GLUE = LIGHT | CHAT | EVENT
_GLUE_STEMS = SAY | VERIFIED | frozenset(map(stem_word, LIGHT))


def is_function(token: Token) -> bool:
    """Whether the word only holds a sentence together."""
    if token.word in FUNCTION:
        return True
    foreign = not token.typed.isascii() or (len(token.word) >= _TRANSLITERATED and token.word not in ordinary())
    return foreign and token.word in FOREIGN_GLUE


def is_asking(token: Token) -> bool:
    """Whether the word asks who says something or whether it was checked; claims are not about that."""
    return token.stem in SAY or token.stem in VERIFIED or token.stem in STATEMENT


def is_glue(token: Token) -> bool:
    """Whether the word says little or nothing about the subject, so that a claim need not have it."""
    adverb = len(token.word) > 5 and token.word.endswith("ly") and token.word in ordinary()
    return is_function(token) or adverb or token.word in _GLUE or token.stem in _GLUE_STEMS
