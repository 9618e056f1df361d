from django.urls import path

from gongzhi.talks.pages import desk, door, papers, room, side, talk

DESK = "desk/talks/<str:number>"
SIDE = "talk/<str:number>"

urlpatterns = [
    path("desk/talks", desk.show, name="talks"),
    path("desk/talks/list.<str:form>", desk.export, name="talks_export"),
    path("desk/talks/calendar", desk.calendar, name="talks_calendar"),
    path("desk/talks/link", desk.link, name="talks_link"),
    path(DESK, talk.show, name="talk"),
    path(f"{DESK}/do/<str:name>", talk.do, name="talk_do"),
    path(f"{DESK}/sittings/<int:sitting_id>", talk.sitting, name="talk_sitting"),
    path(f"{DESK}/sittings/<int:sitting_id>/minutes.pdf", papers.minutes, name="talk_minutes"),
    path(f"{DESK}/sittings/<int:sitting_id>/event.ics", papers.event, name="talk_event"),
    path(f"{DESK}/letters/<int:invitation_id>.pdf", papers.letter, name="talk_letter"),
    path(f"{DESK}/facts.pdf", papers.facts, name="talk_facts"),
    path(f"{DESK}/contact.pdf", papers.contact, name="talk_contact"),
    path(f"{DESK}/rooms/<str:key>", room.show, name="talk_room"),
    path(f"{DESK}/rooms/<str:key>/lines", room.lines, name="talk_lines"),
    path(f"{DESK}/rooms/<str:key>/say", room.say, name="talk_say"),
    path(f"{DESK}/rooms/<str:key>/note", room.note, name="talk_note"),
    path(f"{DESK}/rooms/<str:key>/propose", room.propose, name="talk_propose"),
    path(f"{DESK}/offers/<int:offer_id>/<str:deed>", room.offer, name="talk_offer"),
    path("talks/calendar/<str:token>.ics", door.feed, name="talks_feed"),
    path("d", door.enter, name="side_enter"),
    path("d/renew", door.renew, name="side_renew"),
    path("d/leave", door.leave, name="side_leave"),
    path("d/<str:code>", door.answer, name="side_answer"),
    path(SIDE, side.show, name="side"),
    path(f"{SIDE}/rooms/<str:key>", side.room, name="side_room"),
    path(f"{SIDE}/rooms/<str:key>/lines", side.lines, name="side_lines"),
    path(f"{SIDE}/rooms/<str:key>/say", side.say, name="side_say"),
    path(f"{SIDE}/rooms/<str:key>/offer", side.offer, name="side_offer"),
    path(f"{SIDE}/offers/<int:offer_id>/<str:deed>", side.answer_offer, name="side_answer_offer"),
    path(f"{SIDE}/sittings/<int:sitting_id>", side.sitting, name="side_sitting"),
    path(f"{SIDE}/sittings/<int:sitting_id>/sign", side.sign_minutes, name="side_sign_minutes"),
    path(f"{SIDE}/sittings/<int:sitting_id>/event.ics", side.event, name="side_event"),
    path(f"{SIDE}/facts/<int:fact_id>/sign", side.sign_fact, name="side_sign_fact"),
    path(f"{SIDE}/invitees/<int:invitee_id>", side.invitee, name="side_invitee"),
    path(f"{SIDE}/agree/<str:subject>", side.agree, name="side_agree"),
    path(f"{SIDE}/withdraw", side.withdraw, name="side_withdraw"),
]
