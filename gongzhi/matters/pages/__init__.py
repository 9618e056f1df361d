"""The workbench: inboxes, a matter, its moves, the map."""
