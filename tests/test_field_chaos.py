"""A bad road and a server that dies: every record arrives, and arrives once."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from bench.mortal import MortalServer
from bench.street import Handset, Record, ledger, records
from bench.tunnel import Tunnel
from gongzhi.field.models import MediationPhoto, Operation, QuickMediation
from gongzhi.field.tests.builders import BACKEND, Device, a_jpeg
from gongzhi.files.models import Part, PartUpload, StoredFile
from gongzhi.matters.models import Attachment, Matter
from tests.cast import IN_GRID, Cast, a_town
from tests.test_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[MortalServer]:
    """The real web process on the test's own database and files."""
    told = connection.settings_dict
    running = MortalServer(
        log=tmp_path / "web.log", workers=1,
        extra={
            "DATABASE_URL": f"postgresql:///{told['NAME']}?host={told['HOST']}&user={told['USER']}",
            "GONGZHI_VAR": str(tmp_path), "GONGZHI_FIELD_KEY_FILE": str(settings.FIELD_KEY_FILE),
        },
    )  # fmt: skip
    running.wait()
    yield running
    running.stop()


def test_twenty_records_with_forty_photos_survive_a_bad_road_and_a_killed_server(server):
    cast = a_town()
    made = records(20, item=cast.item.id, around=IN_GRID, photos_each=2, seed=7)
    with Tunnel(server.port, seed=7, longest_delay=0.1) as road:
        handset = Handset(road.port, _cookies(cast))
        handset.register()
        killer = threading.Timer(0.7, server.kill)
        killer.start()
        handset.send_all(made, until=time.monotonic() + 60)
        killer.join()
        time.sleep(0.5)  # what comes once more, late

    assert server.deaths == 1
    assert sum(count for way, count in road.counts.items() if way != "through") > 10
    _nothing_is_lost_and_nothing_is_double(made)


def _cookies(cast: Cast) -> dict[str, str]:
    client = Client()
    client.force_login(cast.people["omar"], backend=BACKEND)
    return {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value, "csrftoken": "c" * 32}  # fmt: skip


def _nothing_is_lost_and_nothing_is_double(made: list[Record]) -> None:
    wanted = ledger(made)
    assert {record.result["state"] for record in made} == {"done"}
    assert set(Operation.objects.values_list("id", "state")) == {
        (UUID(record.id), "done") for record in made
    }
    reports = [record for record in made if record.kind == "report"]
    by_key = {f"field:{record.id}": record for record in reports}
    for matter in Matter.objects.all():
        record = by_key.pop(str(matter.key))
        assert (matter.number, matter.text) == (record.result["number"], record.body["text"])
        sums = Attachment.objects.filter(matter=matter).values_list(
            "file__source_sha256", flat=True
        )
        assert sorted(sums) == sorted(wanted[record.id])
    assert by_key == {}
    mediations = {str(row.operation_id): row.pk for row in QuickMediation.objects.all()}
    assert set(mediations) == {record.id for record in made if record.kind == "mediation"}
    for operation_id, pk in mediations.items():
        sums = MediationPhoto.objects.filter(mediation=pk).values_list(
            "file__source_sha256", flat=True
        )
        assert sorted(sums) == sorted(wanted[operation_id])
    photos = sum(len(record.photos) for record in made)
    assert (StoredFile.objects.count(), PartUpload.objects.count(), Part.objects.count()) == (
        photos,
        photos,
        0,
    )


def test_the_same_record_from_two_lines_at_once_is_one_deed():
    cast = a_town()
    device = Device(cast)
    op = device.report(photos=[device.photo()])
    answers = at_once(*(lambda: device.result(op) for _line in range(4)))

    assert [answer["state"] for answer in answers] == ["done"] * 4
    assert len({answer["number"] for answer in answers}) == 1
    assert Matter.objects.count() == Attachment.objects.count() == Operation.objects.count() == 1


def test_the_same_part_from_two_lines_at_once_is_one_file():
    device = Device(a_town())
    upload_id, photo = uuid4(), a_jpeg(side=200)
    answers = at_once(*(lambda: device.put(upload_id, photo, 0).json() for _line in range(4)))

    assert all(answer["complete"] for answer in answers)
    assert StoredFile.objects.count() == 1
