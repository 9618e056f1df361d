"""
The command centre's screens: one map, the live board, the big screen, drilled down to the matter.

Main words: live board 实时看板, map layer 图层, playback 回放, big screen 大屏, alarm 警报.
Never: follows an officer: a grid shows how many are on shift and when work was last recorded, no one's place.
"""
