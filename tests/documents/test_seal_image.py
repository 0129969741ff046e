"""Cleaning a seal's image: what is kept is its red ink on nothing, at its own proportions."""

import io

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from desktop.documents.seal import load_seal
from desktop.documents.seal_image import clean_seal
from desktop.errors import BadInput
from tests.documents.samples import seal_image


def encoded(image, form="PNG", **options):
    target = io.BytesIO()
    image.save(target, form, **options)
    return target.getvalue()


def on_paper(size=900, paper=(246, 240, 225), marks=0, ink=(40, 40, 45)):
    """A seal as a scanner sees it: on yellowish paper, with black strokes under it, a little blurred."""
    sheet = Image.new("RGB", (size + 300, size + 300), paper)
    draw = ImageDraw.Draw(sheet)
    for number in range(marks):
        draw.rectangle((200, 250 + number * 150, size + 50, 258 + number * 150), fill=ink)
    seal = Image.open(io.BytesIO(seal_image(size)))
    stamp = Image.new("RGB", sheet.size, "white")
    stamp.paste(seal.convert("RGB"), (150, 150), seal)
    return ImageChops.multiply(sheet, stamp).filter(ImageFilter.GaussianBlur(1))


def opened(clean):
    return Image.open(io.BytesIO(clean.png))


def test_a_drawn_seal_keeps_its_shape_on_a_transparent_ground():
    clean = clean_seal(seal_image(800))
    image = opened(clean)
    assert image.mode == "RGBA"
    assert image.size == (800, 800)
    assert clean.warnings == ()
    assert image.getpixel((5, 5))[3] == 0
    assert image.getpixel((400, 400)) == (220, 0, 0, 255)
    assert image.getpixel((400, 150))[3] == 0, "the empty ring between rim and star"


@pytest.mark.parametrize("form", ["PNG", "JPEG"])
@pytest.mark.parametrize("paper", [(255, 255, 255), (246, 240, 225), (200, 200, 205)])
def test_the_paper_behind_a_scan_becomes_transparent(form, paper):
    clean = clean_seal(encoded(on_paper(paper=paper), form))
    image = opened(clean)
    assert abs(clean.side - 900) <= 6
    alpha = image.getchannel("A")
    assert alpha.getpixel((3, 3)) == 0
    assert alpha.getpixel((450, 250)) == 0
    assert alpha.getpixel((450, 450)) == 255
    drawn = Image.open(io.BytesIO(seal_image(900))).getchannel("A").resize(alpha.size)
    apart = ImageChops.difference(alpha, drawn).histogram()
    assert sum(apart[128:]) < 0.01 * alpha.width * alpha.height


def test_black_strokes_are_left_out_and_said():
    clean = clean_seal(encoded(on_paper(marks=4)))
    assert any("其他颜色" in words for words in clean.warnings)
    small = opened(clean).resize((60, 60))
    pixels = [small.getpixel((x, y)) for x in range(60) for y in range(60)]
    colours = [pixel for pixel in pixels if pixel[3] > 100]
    assert colours
    assert all(red > green + 60 and red > blue + 60 for red, green, blue, _ in colours)


def test_a_speck_of_dust_does_not_move_the_edge():
    sheet = on_paper()
    sheet.putpixel((2, 2), (220, 0, 0))
    assert abs(clean_seal(encoded(sheet)).side - 900) <= 6


def test_twenty_megapixels_are_reduced_and_said():
    clean = clean_seal(encoded(on_paper().resize((4600, 4600), Image.Resampling.NEAREST), "JPEG"))
    assert 1050 < clean.side <= 1500
    assert any("4600×4600" in words and "缩小" in words for words in clean.warnings)


def test_a_slightly_flat_seal_is_noted_and_a_small_one():
    flat = Image.open(io.BytesIO(seal_image(900))).resize((900, 865))
    assert any("略扁" in words for words in clean_seal(encoded(flat)).warnings)
    assert any("不清楚" in words for words in clean_seal(seal_image(200)).warnings)


def black(size):
    image = Image.new("RGB", (size, size), "white")
    ImageDraw.Draw(image).ellipse((10, 10, size - 10, size - 10), outline="black", width=20)
    return image


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"not an image", "打不开"),
        (b"", "打不开"),
        (seal_image()[:2000], "损坏"),
        (encoded(Image.new("RGB", (600, 600), "white")), "空白"),
        (encoded(Image.new("RGB", (600, 300), "red")), "不是圆形"),
        (encoded(Image.new("RGB", (60, 60), "red")), "太小"),
        (encoded(Image.new("L", (9000, 9000), 255)), "太大"),
        (encoded(black(600)), "红色印迹只占"),
        (encoded(Image.new("RGB", (600, 600), (0, 0, 200))), "红色印迹只占"),
        (encoded(Image.new("RGB", (300, 300), "red"), "GIF"), "只认PNG和JPEG"),
    ],
)
def test_bad_images_are_refused_in_words(data, words):
    with pytest.raises(BadInput, match=words) as caught:
        clean_seal(data)
    assert caught.value.where == "seal"


def test_what_was_cleaned_is_placed_like_any_seal():
    assert load_seal(clean_seal(encoded(on_paper())).png, 42.0).diameter == 42.0
