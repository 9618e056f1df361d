"""Amounts of money in words, as cheques and agreements write them: 人民币壹万贰仟元整."""

from decimal import ROUND_HALF_UP, Decimal

DIGITS = "零壹贰叁肆伍陆柒捌玖"
UNITS = ("", "拾", "佰", "仟")
GROUPS = ("", "万", "亿", "万亿")
CENT = Decimal("0.01")
MOST = Decimal(10) ** 16


def in_words(amount: Decimal) -> str:
    """
    Write yuan in capital numerals 大写, after 《正确填写票据和结算凭证的基本规定》 part 1.

    Raises ValueError for what is negative or beyond ten thousand million million yuan.
    """
    value = amount.quantize(CENT, ROUND_HALF_UP)
    if value < 0 or value >= MOST:
        raise ValueError(amount)
    yuan, cents = divmod(int(value * 100), 100)
    jiao, fen = divmod(cents, 10)
    words = f"{_whole(yuan)}元" if yuan else ""
    if not cents:
        return f"人民币{words or '零元'}整"
    if jiao:
        words += f"{DIGITS[jiao]}角"
    elif yuan:
        words += "零"
    return f"人民币{words}{DIGITS[fen]}分" if fen else f"人民币{words}整"


def _whole(number: int) -> str:
    """Read groups of four from the left; a zero is spoken once between two figures."""
    groups = []
    while number:
        number, group = divmod(number, 10_000)
        groups.append(group)
    words, gap = "", False
    for place in range(len(groups) - 1, -1, -1):
        group = groups[place]
        if not group:
            gap = bool(words)
            continue
        if gap or (words and group < 1000):
            words += DIGITS[0]
        words += _group(group) + GROUPS[place]
        gap = False
    return words


def _group(number: int) -> str:
    words, gap = "", False
    for place in (3, 2, 1, 0):
        figure = number // 10**place % 10
        if figure:
            words += (DIGITS[0] if gap else "") + DIGITS[figure] + UNITS[place]
            gap = False
        else:
            gap = bool(words)
    return words


def figures(amount: Decimal) -> str:
    """12000 → 12,000.00"""
    return f"{amount.quantize(CENT, ROUND_HALF_UP):,}"
