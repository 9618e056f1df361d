"""What others may ask about the demonstration."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from gongzhi.accounts import queries as accounts
from gongzhi.demo import court, tables
from gongzhi.docking import queries as docking

PASSWORD = "Gongzhi-2026"  # noqa: S105 - of synthetic people in a synthetic city, shown at every start
_PURPOSES: dict[str, Any] = {
    "grid": _("Verifies reports on the spot and checks the work afterwards"),
    "registrar": _("Registers what was verified, or says why not"),
    "dispatcher": _("Sends matters to the unit the matrix names"),
    "handler": _("Accepts, handles and hands in for the department"),
    "lead": _("Decides first on more time and suspensions"),
    "duty": _("Closes matters and decides last"),
    "supervisor": _("Watches the whole city, urges and supervises"),
    "assessor": _("Keeps schemes, prepares results, reviews appeals"),
    "admin": _("Organisation, people, areas, catalogue, calendars"),
    "security": _("Passwords, second factors, sessions, locks"),
    "auditor": _("Reads the trail"),
    "counter": _(
        "Takes in disputes at the centre, sends them to a mediation body and names the mediator"
    ),
    "body": _("Keeps a body's mediations: consents, appointments, follow-up, files"),
    "mediator": _("Mediates: sessions, agreement, closing"),
    "justice": _("Keeps the registry of mediation, looks into complaints, reviews allowances"),
    "justice_lead": _("Decides on grades, studios and appeals; approves allowances; buys services"),
    "mediator2": _("A second mediator of the same body"),
}


@dataclass(frozen=True)
class DemoLogin:
    role: str
    name: str
    username: str
    password: str
    purpose: str


def is_loaded() -> bool:
    """Tell whether this database holds a demonstration city, whole."""
    remark = tables.comment("matters_matter")
    return remark.startswith(tables.MARK) and remark != tables.BEING_WRITTEN


def has_court() -> bool:
    """Tell whether the city has the court that a program stands in for; cities before 0.4.0 have none."""
    return docking.has_partner(court.CODE)


def logins() -> list[DemoLogin]:
    """Return one login for each role of the story, in the order of the story."""
    found = []
    for username, role, name in tables.logins(list(_PURPOSES)):
        title = str(accounts.roles()[role].name)
        found.append(DemoLogin(title, name, username, PASSWORD, str(_PURPOSES[username])))
    return found
