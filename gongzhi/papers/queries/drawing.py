"""
Draws the pages of one PDF as JPEG pictures: a program of its own, which reads a foreign file and knows nothing of ours.

    python -I drawing.py IN.pdf FOLDER FIRST STEP MOST

Writes FOLDER/1.jpg, 2.jpg … for every STEP-th page from FIRST. Ends with 1 for what cannot be read or has more pages than MOST. A file made to harm can end this process and no other.
"""

import resource
import sys
from pathlib import Path

import pypdfium2
from PIL import Image, ImageChops

# A4 at 150 points an inch; a bound page shows it a quarter smaller, so small print stays sharp.
WIDE, HIGH = 1240, 1754
SECONDS, MEMORY = 120, 3 << 30
COLOURED = 24  # of 255


def main(arguments: list[str]) -> int:
    source, folder, first, step, most = arguments
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    document = pypdfium2.PdfDocument(source)
    document.init_forms()  # what was filled into a form is drawn too
    count = len(document)
    if not 0 < count <= int(most):
        return 1
    for place in range(int(first), count + 1, int(step)):
        _draw(document[place - 1], Path(folder, f"{place}.jpg"))
    return 0


def _draw(page: pypdfium2.PdfPage, target: Path) -> None:
    width, height = page.get_size()
    long, short = max(width, height, 1), max(min(width, height), 1)
    drawn = page.render(scale=min(HIGH / long, WIDE / short), rev_byteorder=True)
    picture = drawn.to_pil()
    (picture if _is_coloured(picture) else picture.convert("L")).save(target, "JPEG", quality=72)
    page.close()


def _is_coloured(picture: Image.Image) -> bool:
    """Tell a seal or an ink from the yellow of old paper."""
    red, green, blue = picture.reduce(4).split()
    bluish = ImageChops.subtract(blue, ImageChops.lighter(red, green))
    apart = ImageChops.lighter(ImageChops.difference(red, green), bluish)
    return int(apart.getextrema()[1]) > COLOURED  # type: ignore[arg-type]  # one band: two numbers


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
