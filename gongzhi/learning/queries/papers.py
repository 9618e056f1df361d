"""The brief as a Word document and as PDF: the same sentences, sources and lists as on its page."""

import io
import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.learning.queries.briefs import BriefPage, language

TEMPLATE = Path(__file__).parents[1] / "content" / "brief.typ"
FONTS = Path(settings.ROOT) / "frontend" / "node_modules" / "@expo-google-fonts" / "noto-sans-sc"
FACES = ("400Regular", "700Bold")


def brief_title(brief: BriefPage) -> str:
    return _("{area} daily brief").format(area=brief.area_name)


def brief_subtitle(brief: BriefPage) -> str:
    made = timezone.localtime(brief.made_at)
    return _("{day}, version {version}; figures as of {made}").format(
        day=brief.day.isoformat(), version=brief.version, made=f"{made:%Y-%m-%d %H:%M}"
    )


def brief_pdf(brief: BriefPage) -> bytes:
    """Typeset the brief; its fonts come with the product."""
    import typst  # noqa: PLC0415 - only papers need it

    content = {
        "title": brief_title(brief), "subtitle": brief_subtitle(brief), "lang": language(), "list": _("list"),
        "foot": _("Every sentence is made from figures; none is written freely."),
        "sections": [
            {
                "title": section.title,
                "lines": [
                    {"text": one.text, "source": one.source, "address": _address(one.href)} for one in section.sentences
                ],
            }
            for section in brief.sections
        ],
    }  # fmt: skip
    made = typst.compile(
        str(TEMPLATE), font_paths=[str(FONTS / face) for face in FACES],
        sys_inputs={"brief": json.dumps(content, ensure_ascii=False)},
    )  # fmt: skip
    assert isinstance(made, bytes)
    return made


def _address(href: str) -> str:
    return f"{settings.PUBLIC_ADDRESS}{href}" if href else ""


def brief_docx(brief: BriefPage) -> bytes:
    """Write the brief as a Word document that can be edited further."""
    import docx  # noqa: PLC0415 - only papers need it

    paper = docx.Document()
    _set_font(paper.styles["Normal"], "Noto Sans SC")
    paper.core_properties.title = brief_title(brief)
    paper.core_properties.author = settings.CITY
    paper.add_heading(brief_title(brief), level=0)
    paper.add_paragraph(brief_subtitle(brief))
    for section in brief.sections:
        paper.add_heading(section.title, level=1)
        for one in section.sentences:
            line = paper.add_paragraph(one.text)
            source = line.add_run(f"  {one.source}")
            source.font.size = docx.shared.Pt(8)
            source.font.color.rgb = docx.shared.RGBColor(0x60, 0x60, 0x60)
    paper.add_paragraph(_("Every sentence is made from figures; none is written freely."))
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def _set_font(style: Any, name: str) -> None:
    """Set the font for Latin and Chinese letters alike; Word keeps them apart."""
    from docx.oxml.ns import qn  # noqa: PLC0415

    style.font.name = name
    style.element.rPr.rFonts.set(qn("w:eastAsia"), name)
