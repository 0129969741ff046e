"""Making a seal's image fit to be kept: read from a scan or a drawing, its red ink cut out of the paper behind it."""

import io
from dataclasses import dataclass

from PIL import Image, ImageChops, ImageFilter, ImageStat, UnidentifiedImageError

from desktop.documents.seal import DPI, MOST_BYTES, MOST_PIXELS, SMALLEST_PIXELS
from desktop.errors import BadInput

FORMATS = ("PNG", "JPEG")
LARGEST_SIDE = 1500
"""Dots; what 60 mm at 600 dots per inch can show."""
FAINTEST, FULL = 24, 110
"""How much redder than green and blue (0 to 255) ink begins, and from where on it covers fully."""
LEAST_RED = 0.25
"""Part of all ink that must be red; below `MOST_OTHER` of other colours nothing is said."""
MOST_OTHER = 0.1
ROUND, ROUGHLY_ROUND = 0.02, 0.06
"""Part by which width and height may differ: silently, and at all."""
USUAL_DOTS = 42.0 / 25.4 * 300


@dataclass(frozen=True)
class CleanSeal:
    """A seal's image as PNG on a transparent ground, its side in dots, and what a person should look at."""

    png: bytes
    side: int
    warnings: tuple[str, ...]


def clean_seal(data: bytes, field: str = "seal") -> CleanSeal:
    """Return a seal cut out of its image; BadInput where damaged, huge, blank, not red or not round."""
    warnings: list[str] = []
    image = _opened(data, field, warnings)
    cover = _red_cover(image)
    _judge_colour(image, cover, field, warnings)
    box = _edge(cover, field, warnings)
    cut, alpha = image.crop(box), cover.crop(box)
    side = max(alpha.size)
    clean = Image.new("RGB", alpha.size, _ink(cut, alpha)).convert("RGBA")
    clean.putalpha(alpha)
    whole = Image.new("RGBA", (side, side), (255, 255, 255, 0))
    whole.paste(clean, ((side - alpha.width) // 2, (side - alpha.height) // 2))
    if side < USUAL_DOTS:
        warnings.append(f"图像只有{side}点宽，印出来可能不清楚，最好用{DPI}点每英寸扫描的图像。")
    target = io.BytesIO()
    whole.save(target, "PNG", optimize=True)
    return CleanSeal(target.getvalue(), side, tuple(warnings))


def _opened(data: bytes, field: str, warnings: list[str]) -> Image.Image:
    """Return the image on white, no larger than is of use."""
    if len(data) > MOST_BYTES:
        raise BadInput("印章图像文件太大，最多32MB。", field)
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            width, height = image.size
            if width * height > MOST_PIXELS:
                raise BadInput(f"印章图像有{width}×{height}点，太大了，请用边长不超过8000点的图像。", field)
            image.draft("RGB", (LARGEST_SIDE, LARGEST_SIDE))
            rgba = image.convert("RGBA")
    except UnidentifiedImageError as error:
        raise BadInput("印章图像打不开：只认PNG和JPEG，文件也可能已损坏。请换一个文件。", field) from error
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise BadInput("印章图像打不开，文件可能已损坏，请重新扫描或换一个文件。", field) from error
    if max(width, height) > LARGEST_SIDE:
        warnings.append(f"图像有{width}×{height}点，已缩小。")
        rgba.thumbnail((LARGEST_SIDE, LARGEST_SIDE), Image.Resampling.LANCZOS)
    return Image.alpha_composite(Image.new("RGBA", rgba.size, "white"), rgba).convert("RGB")


def _red_cover(image: Image.Image) -> Image.Image:
    """Return how far each dot is covered by red ink (0 to 255): redness is what paper, shadow and black lack alike."""
    red, green, blue = image.split()
    redness = ImageChops.subtract(red, ImageChops.lighter(green, blue))
    ramp = [min(max((value - FAINTEST) * 255 // (FULL - FAINTEST), 0), 255) for value in range(256)]
    cover = redness.point(ramp)
    # A single dot is dust or the noise of a JPEG; it would also move the edge of the seal.
    firm = _over(_over(cover, 60).filter(ImageFilter.BoxBlur(1)), 80).filter(ImageFilter.BoxBlur(1))
    return ImageChops.darker(cover, _over(firm, 0))


def _over(image: Image.Image, value: int) -> Image.Image:
    """Return white where an image is brighter than a value, black elsewhere."""
    return image.point([255 if level > value else 0 for level in range(256)])


def _judge_colour(image: Image.Image, cover: Image.Image, field: str, warnings: list[str]) -> None:
    """Refuse a picture whose ink is not red; warn where strokes of another colour were left out."""
    grey = image.convert("L")
    dark = ImageChops.invert(_over(grey, round(_paper(grey) * 0.6)))
    red = _over(cover, 60)
    other = ImageChops.subtract(dark, _over(red.filter(ImageFilter.BoxBlur(2)), 0))
    reds, others = ImageStat.Stat(red).sum[0], ImageStat.Stat(other).sum[0]
    if not reds and not others:
        raise BadInput("印章图像是空白的，请换一个图像。", field)
    part = reds / (reds + others)
    if part < LEAST_RED:
        raise BadInput(f"图像里的红色印迹只占{part:.0%}，不像一枚公章。请用红色印章的图像。", field)
    if part < 1 - MOST_OTHER:
        warnings.append("图像里有其他颜色的笔迹或底纹，已去掉，请核对印章是否完整。")


def _paper(grey: Image.Image) -> int:
    """Return the brightness of the paper: what most of the brighter half has."""
    counts = grey.histogram()
    return max(range(128, 256), key=lambda value: counts[value])


def _edge(cover: Image.Image, field: str, warnings: list[str]) -> tuple[int, int, int, int]:
    """Return the box around the ink, which must be about as wide as high."""
    box = _over(cover, 60).getbbox()
    if box is None:
        raise BadInput("印章图像是空白的，请换一个图像。", field)
    width, height = box[2] - box[0], box[3] - box[1]
    if min(width, height) < SMALLEST_PIXELS:
        raise BadInput(f"印章图像太小（{width}×{height}点），印出来不清楚，请用600点每英寸扫描的图像。", field)
    apart = abs(width - height) / max(width, height)
    if apart > ROUGHLY_ROUND:
        raise BadInput(f"印章图像不是圆形（{width}×{height}点），请裁剪、摆正后再用。", field)
    if apart > ROUND:
        warnings.append(f"印章图像略扁（{width}×{height}点），请核对扫描时是否变形。")
    return box


def _ink(image: Image.Image, alpha: Image.Image) -> tuple[int, int, int]:
    """Return the colour of the full ink."""
    full = _over(alpha, 200)
    mean = ImageStat.Stat(image, full if full.getbbox() else alpha).mean
    return round(mean[0]), round(mean[1]), round(mean[2])
