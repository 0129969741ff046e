"""The course of business: roads, steps, corrections, holds and what waits, by one door."""

from desktop.services.course_asked import Asked, asked
from desktop.services.course_chain import Chain, Done
from desktop.services.course_hold import close, holds, open_hold, send_back, withdraw
from desktop.services.course_road import Road, acting, laws_of, road_of, roads
from desktop.services.course_step import advance, amend, take_back
from desktop.services.course_waiting import Waiting, waiting

__all__ = [
    "Asked",
    "Chain",
    "Done",
    "Road",
    "Waiting",
    "acting",
    "advance",
    "amend",
    "asked",
    "close",
    "holds",
    "laws_of",
    "open_hold",
    "road_of",
    "roads",
    "send_back",
    "take_back",
    "waiting",
    "withdraw",
]
