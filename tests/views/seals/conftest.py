import pytest

from desktop.services.seal import keeping
from tests.documents.samples import seal_image

OFFICE_KEY = "保管人自己的口令"


@pytest.fixture
def image(tmp_path):
    path = tmp_path / "公章.png"
    path.write_bytes(seal_image(600))
    return path


@pytest.fixture
def kept(desk, image):
    """A seal of the desk's own office."""
    office, made = desk.office_name(), []
    desk.operations.run(
        "登记印章",
        lambda session: keeping.keep_seal(session, image, OFFICE_KEY, office, "王敏", 42),
        made.append,
        undoable=False,
    )
    return made[0]
