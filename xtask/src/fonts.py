"""Cuts Noto Sans CJK SC into the slices the screen loads. Called by `cargo xtask fonts OUT`; see fonts.rs.

The base slice (GB 2312, Latin, punctuation, signs) is loaded with the first page, in two weights. All other
characters the font has are slices by code point, regular only, loaded when a name needs one. Hangul is left out.
Prints what it made, one slice a line: weight, file, first and last code point, bytes.
"""

import multiprocessing
import os
import sys

from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont

FOLDER = "/usr/share/fonts/opentype/noto/"
WEIGHTS = {400: FOLDER + "NotoSansCJK-Regular.ttc", 700: FOLDER + "NotoSansCJK-Bold.ttc"}
SLICE = 2600


def simplified_face(path):
    """The number of the face called Noto Sans CJK SC in a collection."""
    for number, face in enumerate(TTCollection(path, lazy=True).fonts):
        if face["name"].getBestFamilyName() == "Noto Sans CJK SC":
            return number
    sys.exit(f"{path} has no face Noto Sans CJK SC")


def is_base(code):
    """GB 2312, and the signs and Latin letters of screens."""
    if code < 0x250 or 0x2000 <= code < 0x27C0 or 0x3000 <= code < 0x3100 or 0xFF00 <= code < 0xFFF0:
        return True
    try:
        return len(chr(code).encode("gb2312")) == 2
    except UnicodeEncodeError:
        return False


def is_hangul(code):
    return 0x1100 <= code < 0x1200 or 0x3130 <= code < 0x3190 or 0xA960 <= code < 0xA980 or 0xAC00 <= code < 0xD800


def cut(job):
    weight, number, name, codes, out = job
    options = subset.Options()
    options.flavor = "woff2"
    options.desubroutinize = True
    options.layout_features = ["kern", "ccmp", "mark", "mkmk"]
    options.name_IDs = [0, 1, 2, 13, 14]
    options.notdef_outline = True
    # The boxes of the whole font serve; working them out anew takes as long as all the rest.
    font = TTFont(WEIGHTS[weight], fontNumber=number, lazy=True, recalcBBoxes=False)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=codes)
    cutter.subset(font)
    path = os.path.join(out, name)
    subset.save_font(font, path, options)
    return f"{weight} {name} {codes[0]:X} {codes[-1]:X} {os.path.getsize(path)}"


def main(out):
    numbers = {weight: simplified_face(path) for weight, path in WEIGHTS.items()}
    known = sorted(TTFont(WEIGHTS[400], fontNumber=numbers[400], lazy=True).getBestCmap())
    base = [code for code in known if is_base(code)]
    rest = [code for code in known if not is_base(code) and not is_hangul(code)]
    jobs = [(weight, numbers[weight], f"base-{weight}.woff2", base, out) for weight in WEIGHTS]
    for index, start in enumerate(range(0, len(rest), SLICE)):
        jobs.append((400, numbers[400], f"rest-{index:02}.woff2", rest[start : start + SLICE], out))
    with multiprocessing.Pool() as pool:
        for line in pool.imap(cut, jobs):
            print(line, flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
