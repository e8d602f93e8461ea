"""Numbers in the signs of Chinese, Japanese and Korean, put into Latin digits: 六千人, 육천 명, 1만 2천, 三分之一."""

from __future__ import annotations

import re
from itertools import pairwise
from unicodedata import numeric

_HAN_ONES, _HAN_SCALES = "〇零一壱壹弌二弐贰貳貮三参叁參叄四肆五伍六陆陸七漆八捌九玖两兩", "十拾百佰千仟阡万萬億亿兆"
_ONES, _SCALES = "영일이삼사오육칠팔구", "십백천만억조"
_NATIVE_ONES, _NATIVE_TENS = "한 두 세 네 다섯 여섯 일곱 여덟 아홉", "열 스물 서른 마흔 쉰 예순 일흔 여든 아흔"
_VALUES: dict[str, float] = {
    **{sign: numeric(sign, 1e12) for sign in _HAN_ONES + _HAN_SCALES},
    **dict.fromkeys("两兩", 2.0),
    "륙": 6.0,
    **{sign: float(value) for value, sign in enumerate(_ONES)},
    **dict(zip(_SCALES, (10.0, 100.0, 1e3, 1e4, 1e8, 1e12), strict=True)),
}
_NATIVE = {
    **{word: float(value) for value, word in enumerate(_NATIVE_ONES.split(), 1)},
    **{word: 10.0 * value for value, word in enumerate(_NATIVE_TENS.split(), 1)},
    "스무": 20.0,
}
_LATIN = r"\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?"
_HAN_COUNTED, _COUNTED = (
    "[余餘多]?[人名个個位]",
    r" ?여? ?(?:명|마리|채|척|달러|(?:대|발|개|원)(?=[이가을를은는의로도]?(?![가-힣])))",
)
_HAN = re.compile(
    rf"(?<![第几幾数數])(?P<first>{_LATIN})?(?:[{_HAN_ONES}{_HAN_SCALES}]|(?<=[{_HAN_SCALES}])(?:{_LATIN}))+"
)
_KOREAN = re.compile(
    rf"(?<![\d.,])(?:(?:(?:{_LATIN}) ?|[{_ONES}륙])?[{_SCALES}]+(?: (?=(?:[\d,.]+|[{_ONES}륙])[{_SCALES}]))?)+"
    rf"(?:(?: (?={_LATIN}{_COUNTED}))?(?:{_LATIN})|[{_ONES}륙](?={_COUNTED}))?"
)
_COUNTING = re.compile(
    rf"(?<![가-힣])(?P<tens>{_NATIVE_TENS.replace(' ', '|')}|스무)?(?P<ones>{_NATIVE_ONES.replace(' ', '|')})?"
    rf"(?={_COUNTED})"
)
_PART = re.compile(r"(\d+)分之(\d+)")
_SIGN = re.compile(rf"{_LATIN}|\S")
_NAMES_TOO = "이천 사천 이백 오만 이만 삼천 오천 구천 천만 일조 이조 사조 오조 육조 구조"
"""Korean numbers that are also a place, a person or a thing: numbers before what they count only."""
_SIGNS = re.compile(rf"[{_HAN_ONES}{_HAN_SCALES}가-힣分]")
_ANY = re.compile(rf"[{_HAN_SCALES}{_SCALES}가-힣]|[{_HAN_ONES}]{{3}}|分之")


def in_latin_digits(text: str) -> str:
    """*text* with the numbers that are spelled in such signs in digits; those that are part of a word stay."""
    if not (_SIGNS.search(text) and _ANY.search(text)):
        return text
    text = _HAN.sub(_from_han, text)
    text = _PART.sub(lambda found: f"{found[2]}%" if found[1] == "100" else f"{found[2]}/{found[1]}", text)
    return _COUNTING.sub(_from_native, _KOREAN.sub(_from_korean, text))


def _from_han(found: re.Match[str]) -> str:
    run, after = found[0], found.string[found.end() :]
    counted = re.match(_HAN_COUNTED, after)
    scaled = [at for at, sign in enumerate(run) if sign in _HAN_SCALES]
    if "分之" in (after[:2], found.string[: found.start()][-2:]):
        return _written(run)
    if not scaled:
        positions = found["first"] is None and (len(run) > 3 or (len(run) > 2 and not {"〇", "零"}.isdisjoint(run)))
        return "".join(str(int(_VALUES[sign])) for sign in run) if positions else run
    large = any(at and _VALUES[run[at]] >= 1000 and run[at - 1] not in _HAN_SCALES for at in scaled)
    whole = len(run) > 1 and run[0] not in "千万萬億亿" and not re.match(r"[\u3040-\u30ff\u3400-\u9fff]", after)
    return _written(run) if found["first"] or large or counted or whole else run


def _from_korean(found: re.Match[str]) -> str:
    run, before, after = found[0], found.string[: found.start()][-1:], found.string[found.end() :]
    begun = run[0].isdigit()
    twice = any(sign == following for sign, following in pairwise(run) if sign in _SCALES)
    if twice or (before.isalnum() and not begun):
        return run
    counted = re.match(_COUNTED, after)
    apart = re.match("[이가을를은는의도]?(?![가-힣])", after) is not None
    several = sum(sign in _SCALES for sign in run) > 1 and not re.match("[가-힣]{2}", after)
    whole = apart and len(run) > 1
    if counted or (begun and (apart or " " not in run)) or ((several or whole) and run not in _NAMES_TOO.split()):
        return _written(run)
    return run


def _from_native(found: re.Match[str]) -> str:
    tens, ones = _NATIVE.get(found["tens"] or "", 0), _NATIVE.get(found["ones"] or "", 0)
    spaced = found.string[found.end() : found.end() + 1].isspace()
    return str(int(tens + ones)) if tens or ones > 4 or (ones > 1 and spaced) else found[0]


def _written(run: str) -> str:
    """What *run*, of ones, numbers and scales, comes to."""
    total = section = 0.0
    last: float | None = None
    for sign in _SIGN.findall(run):
        value = _VALUES.get(sign)
        if value is None or value < 10:
            digit = float(sign.replace(",", "")) if value is None else value
            last = digit if last is None else last * 10 + digit
        elif value < 10_000:
            section, last = section + (1 if last is None else last) * value, None
        else:
            total, section, last = total + (section + (last or 0) or 1) * value, 0.0, None
    return f"{round(total + section + (last or 0), 6):.6f}".rstrip("0").rstrip(".")
