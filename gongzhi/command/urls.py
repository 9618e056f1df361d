from django.urls import URLPattern, URLResolver, path

from gongzhi.command.pages import alarms, board, charts, map, screens

TILE = "<int:z>/<int:x>/<int:y>.mvt"

urlpatterns: list[URLPattern | URLResolver] = [
    path("command", board.show, name="command"),
    path("command/tiles.json", board.tiles, name="command-tiles"),
    path("command/news.json", board.news, name="command-news"),
    path("command/late.json", board.late, name="command-late"),
    path("command/below.json", board.below, name="command-below"),
    path("command/search", board.search, name="command-search"),
    path("command/alarms.json", alarms.alarms, name="command-alarms"),
    path("command/alarms/<int:matter_id>/acknowledge", alarms.acknowledge, name="command-acknowledge"),
    path("command/playback.json", map.playback, name="command-playback"),
    path(f"command/map/matters/{TILE}", map.matters, name="command-map-matters"),
    path(f"command/map/density/{TILE}", map.density, name="command-map-density"),
    path(f"command/map/premises/{TILE}", map.premises, name="command-map-premises"),
    path("command/charts", charts.charts, name="command-charts"),
    path("command/charts/<slug:code>.<str:form>", charts.download, name="command-chart"),
    path("command/screens", screens.listing, name="command-screens"),
    path("command/screens/new", screens.new, name="command-screen-new"),
    path("command/screen/<int:screen_id>", screens.show, name="command-screen"),
    path("command/screens/<int:screen_id>/edit", screens.edit, name="command-screen-edit"),
    path("command/screens/<int:screen_id>/save", screens.save, name="command-screen-save"),
    path("command/screens/<int:screen_id>/describe", screens.describe, name="command-screen-describe"),
    path("command/screens/<int:screen_id>/versions/<int:version>/restore", screens.restore, name="command-screen-restore"),
    path("command/screens/<int:screen_id>/remove", screens.remove, name="command-screen-remove"),
    path("command/screens/<int:screen_id>/bring-back", screens.bring_back, name="command-screen-bring-back"),
    path("command/<path:area>", board.show, name="command-area"),  # last: the path of an area
]  # fmt: skip
