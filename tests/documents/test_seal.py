import io

import pytest
from PIL import Image

from desktop.documents.closing import seal_gap, seal_geometry
from desktop.documents.seal import diameter_note, load_seal
from desktop.documents.styles import PITCH, TEXT
from desktop.errors import BadInput, Unprintable
from tests.documents.samples import seal_image


def png(image):
    target = io.BytesIO()
    image.save(target, "PNG")
    return target.getvalue()


@pytest.mark.parametrize("diameter", [20, 30, 38, 40, 42, 45, 46, 50, 60])
def test_geometry_holds_for_every_diameter(diameter):
    blanks, gap = seal_geometry(diameter)
    top = (blanks + 1) * PITCH - TEXT.em
    bottom = top + PITCH + TEXT.em
    assert 0 < gap <= PITCH
    assert (top + bottom) / 2 > gap + diameter / 2
    assert bottom <= gap + diameter


def test_two_blank_lines_suit_the_usual_seals():
    assert [seal_geometry(diameter)[0] for diameter in (38, 42, 45, 46)] == [2, 2, 2, 2]
    assert seal_gap(42, 4) is None


def test_a_seal_too_small_for_the_text_is_refused():
    with pytest.raises(Unprintable, match="压不住"):
        seal_geometry(10)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"not an image", "打不开"),
        (seal_image()[:2000], "打不开"),
        (png(Image.new("RGB", (600, 600), "white")), "空白"),
        (png(Image.new("RGB", (600, 300), "red")), "不是圆形"),
        (png(Image.new("RGB", (50, 50), "red")), "太小"),
        (png(Image.new("L", (9000, 9000), 0)), "太大"),
    ],
)
def test_bad_images_are_refused(data, message):
    with pytest.raises(BadInput, match=message):
        load_seal(data)


def test_a_large_image_is_reduced():
    seal = load_seal(seal_image(4500), 42.0)
    assert len(seal.picture.colours) < 400_000


def test_a_wrong_diameter_is_refused_and_an_odd_one_noted():
    with pytest.raises(BadInput, match="直径"):
        load_seal(seal_image(), 5)
    assert diameter_note(42) == ""
    assert "4.5厘米" in diameter_note(48)
