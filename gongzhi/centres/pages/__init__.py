"""Pages of the centre: its desk, its hall, its door."""
