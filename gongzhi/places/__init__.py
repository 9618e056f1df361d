"""
Where things are: the area tree and its dated shapes, premises, point → grid, map layers.

Main words: Area, Shape, Placing, Premises, Coordinates, Import.
Never: a person. Premises know a door and what stands behind it, not who lives or works there.
"""
