"""Seal images: read, checked, cut to their ink and made ready to be laid over a page at their true diameter."""

import io
from functools import lru_cache

from PIL import Image, ImageChops, UnidentifiedImageError

from desktop.documents.closing import LARGEST_SEAL, SMALLEST_SEAL
from desktop.documents.kind import Seal
from desktop.documents.page import Picture
from desktop.documents.pdf import pack
from desktop.errors import BadInput

MOST_PIXELS = 64_000_000
MOST_BYTES = 32 * 1024 * 1024
DPI = 600
SMALLEST_PIXELS = 100
INK = 40
"""How far from white (0 to 255) a pixel must be to count as ink."""
ROUNDNESS = 0.06
"""Part by which a seal's width and height may differ."""
USUAL_DIAMETERS = (50.0, 46.0)
"""mm; above the general 45, the unions' own rule of 1986 knows these two."""


@lru_cache(maxsize=16)
def load_seal(data: bytes, diameter: float = 42.0, field: str = "seal") -> Seal:
    """Return a seal from an image's bytes and its diameter in mm; BadInput where damaged, huge or not round."""
    if not SMALLEST_SEAL <= diameter <= LARGEST_SEAL:
        raise BadInput(f"印章直径{diameter:g}毫米不合常规，应在20至60毫米之间。", "seal_diameter")
    image = _cut(_opened(data, field), field)
    side = min(max(image.size), round(diameter / 25.4 * DPI))
    image = image.resize((side, side), Image.Resampling.LANCZOS)
    return Seal(Picture(side, side, pack(image.tobytes())), diameter)


def _opened(data: bytes, field: str) -> Image.Image:
    """Return the image on white; transparent parts vanish under Multiply."""
    if len(data) > MOST_BYTES:
        raise BadInput("印章图像文件太大，最多32MB。", field)
    try:
        with Image.open(io.BytesIO(data)) as image:
            if image.width * image.height > MOST_PIXELS:
                raise BadInput(f"印章图像有{image.width}×{image.height}点，太大了，请用边长不超过8000点的图像。", field)
            rgba = image.convert("RGBA")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise BadInput("印章图像打不开，文件可能已损坏，请换一个PNG文件。", field) from error
    white = Image.new("RGBA", rgba.size, "white")
    return Image.alpha_composite(white, rgba).convert("RGB")


def _cut(image: Image.Image, field: str) -> Image.Image:
    """Cut an image to its ink, which must be about as wide as high."""
    distance = ImageChops.invert(image).convert("RGB")
    strongest = ImageChops.lighter(ImageChops.lighter(*distance.split()[:2]), distance.split()[2])
    box = strongest.point([255 if value > INK else 0 for value in range(256)]).getbbox()
    if box is None:
        raise BadInput("印章图像是空白的，请换一个图像。", field)
    width, height = box[2] - box[0], box[3] - box[1]
    if min(width, height) < SMALLEST_PIXELS:
        raise BadInput(
            f"印章图像太小（{width}×{height}点），印出来不清楚，请用边长{SMALLEST_PIXELS}点以上的图像。", field
        )
    if abs(width - height) > ROUNDNESS * max(width, height):
        raise BadInput(f"印章图像不是圆形（{width}×{height}点），请裁剪后再用。", field)
    return image.crop(box)


def diameter_note(diameter: float) -> str:
    """Return a hint about an unusual diameter, or nothing (国发〔1999〕25号; 全总 1986)."""
    if diameter <= 45 or diameter in USUAL_DIAMETERS:
        return ""
    return f"印章直径{diameter:g}毫米超过社会团体印章4.5厘米的规定，也不是工会规定的4.6或5.0厘米，请核对。"
