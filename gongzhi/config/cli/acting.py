"""Who acts at the command line."""

import getpass

from django.utils.translation import gettext as _

from gongzhi.base.actor import Actor, system


def operator(*capabilities: str) -> Actor:
    """Return a system actor whose name in the trail is the account on this machine."""
    return system(_("Command line ({account})").format(account=getpass.getuser()), *capabilities)
