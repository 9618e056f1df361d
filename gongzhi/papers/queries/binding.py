"""
Sets one large paper: a program of its own, for what needs a gigabyte of memory for seconds that a web process would keep.

    python -I binding.py FOLDER < job.json

The folder has the pictures; the job says source, values, fonts and the moment. Writes the PDF to standard output; ends with
1 and the trouble in words when the paper cannot be set.
"""

import json
import sys

import typst


def main(folder: str) -> int:
    job = json.load(sys.stdin)
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=True, font_paths=job["fonts"]
    )
    compiler = typst.Compiler(
        input=job["source"].encode(), root=folder, font_paths=fonts, ignore_system_fonts=True,
        sys_inputs={"values": job["values"]},
    )  # fmt: skip
    try:
        made = compiler.compile(**job["options"])
    except typst.TypstError as trouble:
        sys.stderr.write(str(trouble))
        return 1
    assert isinstance(made, bytes)  # a PDF is one file; only pictures are several
    sys.stdout.buffer.write(made)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
