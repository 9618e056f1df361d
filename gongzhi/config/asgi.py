"""The stream's process."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongzhi.config.settings")
django.setup()

from gongzhi.live.pages import application  # noqa: E402 - the settings must be there first

__all__ = ["application"]
