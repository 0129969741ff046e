"""The course of business: roads, steps, corrections, holds and what waits, by one door."""

from desktop.services.road.asked import Asked, asked
from desktop.services.road.chain import Chain, Done
from desktop.services.road.hold import holds, open_hold
from desktop.services.road.holding import close, send_back, withdraw
from desktop.services.road.recorded import advance_recorded
from desktop.services.road.road import Road, acting, laws_of, road_of, roads
from desktop.services.road.step import advance, amend, take_back
from desktop.services.road.told import standing_against, tell, wanted
from desktop.services.road.waiting import Waiting, waiting

__all__ = [
    "Asked",
    "Chain",
    "Done",
    "Road",
    "Waiting",
    "acting",
    "advance",
    "advance_recorded",
    "amend",
    "asked",
    "close",
    "holds",
    "laws_of",
    "open_hold",
    "road_of",
    "roads",
    "send_back",
    "standing_against",
    "take_back",
    "tell",
    "waiting",
    "wanted",
    "withdraw",
]
