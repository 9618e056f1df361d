"""Papers of the talks as files."""

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongzhi.base.downloads import download
from gongzhi.base.errors import OutOfReach
from gongzhi.base.pages import actor_of, needs
from gongzhi.papers import queries as papers
from gongzhi.talks import queries
from gongzhi.talks.capabilities import Can

ICS = "text/calendar; charset=utf-8"


@require_safe
@needs(Can.CONTACT)
def letter(request: HttpRequest, number: str, invitation_id: int) -> HttpResponseBase:
    talk = queries.talk(number, actor_of(request), Can.CONTACT)
    content = queries.letter_pdf(talk.matter_id, invitation_id, at=timezone.now())
    return download(content, name=f"letter-{number}-{invitation_id}.pdf", kind=papers.PDF)


@require_safe
@needs(Can.CONTACT)
def contact(request: HttpRequest, number: str) -> HttpResponseBase:
    at = timezone.now()
    talk = queries.talk(number, actor_of(request), Can.CONTACT)
    content = papers.pdf_of(queries.contact_paper(talk.matter_id, at=at), at=at)
    return download(content, name=f"contact-{number}.pdf", kind=papers.PDF)


@require_safe
@needs(Can.HOLD)
def minutes(request: HttpRequest, number: str, sitting_id: int) -> HttpResponseBase:
    talk = queries.talk(number, actor_of(request), Can.HOLD)
    content = queries.minutes_pdf(talk.matter_id, sitting_id, at=timezone.now())
    return download(content, name=f"minutes-{number}-{sitting_id}.pdf", kind=papers.PDF)


@require_safe
@needs(Can.HOLD)
def facts(request: HttpRequest, number: str) -> HttpResponseBase:
    talk = queries.talk(number, actor_of(request), Can.HOLD)
    content = queries.facts_pdf(talk.matter_id, at=timezone.now())
    return download(content, name=f"facts-{number}.pdf", kind=papers.PDF)


@require_safe
@needs(Can.VIEW)
def event(request: HttpRequest, number: str, sitting_id: int) -> HttpResponseBase:
    talk = queries.talk(number, actor_of(request), Can.VIEW)
    content = queries.one(sitting_id, talk.matter_id, at=timezone.now(), is_public=False)
    if content is None:
        raise OutOfReach
    return download(content, name=f"sitting-{number}-{sitting_id}.ics", kind=ICS)
