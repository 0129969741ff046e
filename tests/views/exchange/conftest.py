"""Two offices' windows that accepted each other, and a stick that both are given."""

import pytest

from desktop.services import identity
from desktop.services.parcel import stick
from desktop.settings import Settings
from desktop.views.desk import Desk
from desktop.views.exchange.trusting import trust
from desktop.views.first_run import make_office
from desktop.views.main_window import MainWindow
from desktop.views.operation import Operations


@pytest.fixture
def city(tmp_path, qtbot):
    """The window of the office above, empty."""
    path = tmp_path / "city.db"
    make_office(path, ("某市总工会", "市级", "某市"), "李处长")
    operations = Operations(path, operator="李处长")
    shown = MainWindow(Desk(operations, Settings(operator="李处长")))
    qtbot.addWidget(shown)
    operations.open_now()
    shown.show_view("exchange")
    shown.show()
    yield shown
    shown.close()


@pytest.fixture
def pair(window, city, settled):
    """County and city windows that accepted each other."""
    for one, other, relation in ((window, city, "parent"), (city, window, "child")):
        document = other.operations.read(identity.identity_document)
        trust(one.view("exchange"), document, relation)
    window.show_view("exchange")
    settled(window)
    return window, city


@pytest.fixture
def usb(tmp_path, monkeypatch):
    """A stick that is plugged in; `sticks` can be emptied to pull it."""
    folder = tmp_path / "U盘"
    folder.mkdir()
    plugged = [stick.Stick(folder, "我的U盘", 8_000_000_000)]
    monkeypatch.setattr(stick, "sticks", lambda *_given: list(plugged))
    return folder, plugged
