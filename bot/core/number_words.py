"""The words that numbers are spelled with, folded: English, Russian, Ukrainian."""

from __future__ import annotations

from bot.core.asking.reading.tokens import fold_word


def _folded(words: dict[str, float]) -> dict[str, float]:
    return {fold_word(name): value for names, value in words.items() for name in names.split()}


UNITS = _folded(
    {
        "zero ноль нуль": 0,
        "one один одна": 1,
        "two два две дві": 2,
        "three три": 3,
        "four четыре чотири": 4,
        "five пять п'ять": 5,
        "six шесть шість шести": 6,
        "seven семь сім": 7,
        "eight восемь вісім": 8,
        "nine девять дев'ять": 9,
        "ten десять": 10,
        "eleven одиннадцать одинадцять": 11,
        "twelve двенадцать дванадцять": 12,
        "thirteen тринадцать тринадцять": 13,
        "fourteen четырнадцать чотирнадцять": 14,
        "fifteen пятнадцать п'ятнадцять": 15,
        "sixteen шестнадцать шістнадцять": 16,
        "seventeen семнадцать сімнадцять": 17,
        "eighteen восемнадцать вісімнадцять": 18,
        "nineteen девятнадцать дев'ятнадцять": 19,
        "twenty двадцать двадцять": 20,
        "thirty тридцать тридцять": 30,
        "forty fourty сорок": 40,
        "fifty пятьдесят п'ятдесят": 50,
        "sixty шестьдесят шістдесят": 60,
        "seventy семьдесят сімдесят": 70,
        "eighty восемьдесят вісімдесят": 80,
        "ninety девяносто дев'яносто": 90,
    }
)
SCALES = _folded(
    {
        "hundred сто сотня": 100,
        "dozen дюжина": 12,
        "score": 20,
        "thousand k тысяча тысячи тысяч тыс тисяча тисячі тисяч тис": 1_000,
        "million m mn mln mio млн миллион миллиона миллионов мільйон мільйони мільйонів": 1_000_000,
        "billion bn mrd млрд миллиард миллиарда миллиардов мільярд мільярди мільярдів": 1_000_000_000,
        "trillion tn триллион триллиона триллионов трильйон трильйони трильйонів": 1_000_000_000_000,
    }
)
ALONE = frozenset({"hundred", "dozen", "thousand", "million", "billion", "trillion"})
"""Scales that are a number without another before them: "a hundred"."""
PARTS = _folded(
    {
        "half halves половина половину": 2,
        "third thirds треть трети третина третини": 3,
        "quarter quarters fourths четверть четверти чверть чверті": 4,
        "fifth fifths": 5,
        "sixth sixths": 6,
        "seventh sevenths": 7,
        "eighth eighths": 8,
        "ninth ninths": 9,
        "tenth tenths": 10,
        "hundredth hundredths": 100,
    }
)
PERCENT = frozenset(map(fold_word, ("percent", "pct", "процентов", "процента", "відсотків")))

NUMBER_WORDS = frozenset({*UNITS, *(word for word in SCALES if word not in {"m", "score"}), *PARTS, *PERCENT})
"""Folded words that numbers are spelled with."""
