"""
Keeps persons out of the register of premises.

The register knows doors, not people: a column or a cell that tells who owns, rents or runs a place
is refused (Personal Information Protection Law, article 6: collect only what the purpose needs).
"""

import re
from collections.abc import Iterable

_COLUMNS = re.compile(
    r"身份证|证件号|护照|姓名|户主|房东|业主|租客|租户|承租人|住户|居民|联系人|负责人|责任人|法人|法定代表|经营者|经营人|店主|"
    r"老板|从业人员名|网格员|手机|联系方式|微信|出生|生日|性别|民族|籍贯|户籍|宗教|政治面貌|人脸|"
    r"\b(id_?card|id_?number|passport|owner|landlord|tenant|occupant|resident|legal_?person|"
    r"contact|person|mobile|cell_?phone|wechat|birth\w*|gender|sex|ethnic\w*|religion)\b",
    re.IGNORECASE,
)
_PHONE_COLUMN = re.compile(r"电话|\b(phone|tel|telephone)\b", re.IGNORECASE)
_PUBLIC_PHONE = re.compile(r"公开|值班|服务|单位|客服|投诉|public|hotline|duty", re.IGNORECASE)
_NUMBERS = re.compile(r"(?<![0-9A-Za-z])(?:(\d{17}[\dXx])|1[3-9]\d{9})(?![0-9A-Za-z])")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def personal_columns(header: Iterable[str]) -> list[str]:
    """Return the columns that look like personal data."""
    return [name for name in header if _is_personal(name)]


def _is_personal(name: str) -> bool:
    plain = name.replace("_", " ").strip()
    if _COLUMNS.search(plain) or _COLUMNS.search(name):
        return True
    return bool(_PHONE_COLUMN.search(plain)) and not _PUBLIC_PHONE.search(plain)


def personal_number_in(text: str) -> str:
    """Return "id" or "mobile" when the text holds a person's identity or mobile number, else ""."""
    for found in _NUMBERS.finditer(text):
        if found[1] is None:
            return "mobile"
        if is_identity_number(found[1]):
            return "id"
    return ""


def is_identity_number(text: str) -> bool:
    """Tell an identity number from a social credit code by its birth date and its check digit."""
    if not ("1900" <= text[6:10] <= "2099" and "01" <= text[10:12] <= "12"):
        return False
    rest = sum(int(digit) * weight for digit, weight in zip(text, _WEIGHTS, strict=False)) % 11
    return "10X98765432"[rest] == text[17].upper()
