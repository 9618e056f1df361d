import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured

from gongzhi.base import secrets
from gongzhi.base.secrets import EncryptedTextField

PHONE = "13812345678"


@pytest.fixture(autouse=True)
def key_file(settings, tmp_path):
    settings.FIELD_KEY_FILE = tmp_path / "keys" / "field-key"
    secrets.forget_keys()
    yield settings.FIELD_KEY_FILE
    secrets.forget_keys()


def test_what_is_encrypted_can_be_read_and_not_be_seen():
    token = secrets.encrypt(PHONE)

    assert PHONE not in token
    assert secrets.decrypt(token) == PHONE
    assert secrets.encrypt(PHONE) != token


def test_the_key_file_is_made_once_and_for_its_owner_alone(key_file):
    secrets.encrypt("a")
    first = key_file.read_text()
    secrets._make(key_file)

    assert key_file.read_text() == first
    assert key_file.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in key_file.parent.iterdir()] == ["field-key"]


def test_a_new_first_key_encrypts_while_the_old_one_still_reads(key_file):
    old = secrets.encrypt(PHONE)
    index = secrets.blind_index(PHONE, purpose="phone")
    fresh = Fernet.generate_key().decode()
    key_file.write_text(f"field {fresh}\n{key_file.read_text()}")
    secrets.forget_keys()

    moved = secrets.rotate(old)

    assert secrets.decrypt(old) == PHONE
    assert moved.startswith(secrets.current_mark())
    assert not old.startswith(secrets.current_mark())
    assert secrets.decrypt(moved) == PHONE
    assert secrets.blind_index(PHONE, purpose="phone") == index


def test_what_earlier_versions_sealed_is_still_read(key_file):
    secrets.encrypt("a")
    key = key_file.read_text().split()[1]

    assert secrets.decrypt(Fernet(key).encrypt(PHONE.encode()).decode()) == PHONE


def test_the_cipher_of_the_state_can_be_chosen_and_both_are_read(settings):
    aes = secrets.encrypt(PHONE)
    settings.FIELD_CIPHER = "sm4"
    sm4 = secrets.encrypt(PHONE)

    assert (aes[:3], sm4[:3]) == ("g1.", "s1.")
    assert secrets.decrypt(aes) == secrets.decrypt(sm4) == PHONE


def test_a_value_that_was_changed_is_not_read():
    token = secrets.encrypt(PHONE)
    other = token[:30] + ("A" if token[30] != "A" else "B") + token[31:]

    with pytest.raises(ImproperlyConfigured, match="changed"):
        secrets.decrypt(other)
    with pytest.raises(ImproperlyConfigured):
        secrets.decrypt(token.replace("g1.", "s1."))


def test_a_new_key_comes_first_and_the_old_ones_stay(key_file):
    old = secrets.encrypt(PHONE)
    secrets.add_key()

    assert len(key_file.read_text().splitlines()) == 3
    assert secrets.decrypt(old) == PHONE
    assert key_file.stat().st_mode & 0o777 == 0o600


def test_a_lost_key_is_said_in_so_many_words(key_file):
    token = secrets.encrypt(PHONE)
    key_file.unlink()
    secrets.forget_keys()

    with pytest.raises(ImproperlyConfigured):
        secrets.decrypt(token)


def test_half_a_key_file_is_refused(key_file):
    secrets.encrypt("a")
    key_file.write_text(key_file.read_text().splitlines()[0])
    secrets.forget_keys()

    with pytest.raises(ImproperlyConfigured, match="index"):
        secrets.blind_index(PHONE, purpose="phone")


def test_equal_values_are_found_by_an_index_that_tells_nothing():
    one = secrets.blind_index("138 1234 5678", purpose="phone")

    assert one == secrets.blind_index(PHONE, purpose="phone")
    assert one != secrets.blind_index(PHONE, purpose="email")
    assert secrets.blind_index(" Mei@City.cn", purpose="email") == secrets.blind_index(
        "mei@city.cn", purpose="email"
    )
    assert secrets.blind_index("  ", purpose="phone") == ""


@pytest.mark.parametrize(
    ("value", "shown"),
    [(PHONE, "138••••5678"), ("12345", "••••45"), ("mei@city.cn", "m••@city.cn"), ("", "")],
)
def test_a_page_shows_no_more_than_it_must(value, shown):
    assert secrets.masked(value) == shown


@pytest.mark.parametrize("value", [None, ""])
def test_nothing_stays_nothing_in_the_table(value):
    field = EncryptedTextField()

    assert field.get_prep_value(value) == value
    assert field.from_db_value(value, None, None) == value
