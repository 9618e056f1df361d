"""Pages of talks: the desk, one dispute, its rooms, and the doors of the sides."""
