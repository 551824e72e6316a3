"""Numbers and sums of money as letters write them."""

from __future__ import annotations

from random import Random

_SMALL = [
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
WORDS = (*_SMALL, *(f"{tens}-{one}" if n else tens for tens in _TENS for n, one in enumerate(_SMALL[:10])))
COUNT_STYLES = ("plain", "comma", "word", "Word")
MONEY_STYLES = ("£", "£.00", "£ ", "bare", "GBP")
ZEROS = ("0", "Nil", "None", "nil", "zero")


def draw_count(rng: Random, zero: float = 0.12) -> int:
    """Small numbers mostly, as councils have them; now and then thousands."""
    if rng.random() < zero:
        return 0
    return int(10 ** rng.uniform(0, rng.choice((1.2, 2.2, 2.8, 3.6))))


def draw_money(rng: Random, zero: float = 0.15) -> float:
    if rng.random() < zero:
        return 0.0
    pounds = int(10 ** rng.uniform(2, 5.6))
    return float(pounds) if rng.random() < 0.6 else pounds + rng.randrange(1, 100) / 100


def count(rng: Random, value: int, style: str, zero: str = "0") -> str:
    """A count in the letter's style; `zero` is how it writes none."""
    if value == 0:
        return zero
    if style in ("word", "Word") and value < len(WORDS):
        return WORDS[value] if style == "word" else WORDS[value].capitalize()
    return f"{value:,}" if style == "comma" or value >= 10_000 else str(value)


def money(rng: Random, value: float, style: str, zero: str = "0") -> str:
    """A sum in the letter's style. "bare" (no sign) only stands where a heading or the question says pounds."""
    if value == 0 and zero not in ("0", "None"):
        return zero if zero[0].isalpha() else "£" + zero
    pence = style == "£.00" or value != int(value)
    amount = f"{value:,.2f}" if pence else f"{int(value):,}"
    return {"£": "£", "£.00": "£", "£ ": "£ ", "bare": "", "GBP": "GBP "}[style] + amount
