"""Doors to calendars, time rules and the calculator."""

from django.urls import path

from gongzhi.clocks import pages

app_name = "clocks"
urlpatterns = [
    path("setup/calendars", pages.calendars, name="calendars"),
    path("setup/calendars/new", pages.new_calendar, name="new_calendar"),
    path("setup/calendars/import", pages.import_days, name="import"),
    path("setup/calendars/try", pages.try_deadline, name="try"),
    path("setup/calendars/<slug:code>/", pages.year, name="year"),
    path("setup/calendars/<slug:code>/day", pages.day, name="day"),
    path("setup/calendars/<slug:code>/clear", pages.clear, name="clear"),
    path("setup/calendars/<slug:code>/hours", pages.hours, name="hours"),
    path("setup/calendars/<slug:code>/export", pages.export, name="export"),
    path("setup/time-rules", pages.time_rules, name="time_rules"),
    path("setup/time-rules/<str:code>", pages.new_version, name="new_version"),
]
