"""Large files are checked and written by the worker, small ones at once."""

from gongzhi.places import actions
from gongzhi.places.events import ImportConfirmed, ImportReceived


def check_file(event: ImportReceived) -> None:
    actions.check_import(import_id=event.import_id)


def write_file(event: ImportConfirmed) -> None:
    actions.write_import(import_id=event.import_id, at=event.at)
