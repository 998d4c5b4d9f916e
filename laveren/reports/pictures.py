"""A chart as a picture, PNG or SVG: its finding above, what it is counted over below, on paper.

vl-convert draws it as the screen does, in processes of their own: drawing takes 100 MB, which is gone again after the
half second it lasts. The letters are Source Sans and Source Serif, as on the screen; an SVG names them, and a machine
that lacks them takes its own.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import textwrap
from collections.abc import Mapping
from importlib.resources import files
from typing import Any
from xml.sax.saxutils import escape

from laveren.reports.cover import Cover, Say

WIDTH = 1100  # of a chart that takes the width it gets
SCALE = 2  # dots of a PNG for each of the picture
MARGIN = 24
INK, SOFT, PAPER = "#12304A", "#4A6072", "#FCFAF5"
SANS, SERIF = "Source Sans Pro, Source Sans, sans-serif", "Source Serif Pro, Source Serif, Georgia, serif"
TITLE, LINE = 26, 15  # the size of the letters, which are half as wide on average
LOCALES = {"nl": "nl-NL", "en": "en-GB"}

_START = """
import json, sys, vl_convert
asked = json.load(sys.stdin)
for folder in asked["fonts"]:
    vl_convert.register_font_directory(folder)
"""
_DRAW = """
drawn = vl_convert.vegalite_to_svg(
    asked["chart"], format_locale=asked["locale"], time_format_locale=asked["locale"], allowed_base_urls=[]
)
sys.stdout.buffer.write(drawn.encode())
"""
_DOTS = """
sys.stdout.buffer.write(vl_convert.svg_to_png(asked["svg"], scale=asked["scale"]))
"""


def chart_svg(chart: Mapping[str, Any], title: str, cover: Cover, say: Say, lang: str) -> str:
    """The picture of a Vega-Lite chart in its light colours (`alt.Chart.to_dict()`), as SVG."""
    drawn = _run(_DRAW, chart=_on_paper(chart), locale=LOCALES[lang]).decode()
    size = re.search(r'width="([\d.]+)" height="([\d.]+)"', drawn)
    assert size, "vl-convert gives the picture's size"
    width, height = float(size[1]), float(size[2])
    above = _lines(title, width, TITLE)
    below = _lines(cover.line(say, lang), width, LINE)
    below += _lines(f"{cover.few}: {say('exports.few')}", width, LINE)
    top = MARGIN + round(len(above) * TITLE * 1.25) + 12
    foot = top + height + 16
    whole = foot + round(len(below) * LINE * 1.4) + MARGIN
    return "".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" role="img"'
            f' width="{width + 2 * MARGIN:g}" height="{whole:g}" viewBox="0 0 {width + 2 * MARGIN:g} {whole:g}">',
            f"<title>{escape(title)}</title>",
            f'<rect width="100%" height="100%" fill="{PAPER}"/>',
            *_texts(above, MARGIN, TITLE, 1.25, f'font-family="{SERIF}" font-weight="600" fill="{INK}"'),
            drawn.replace("<svg ", f'<svg x="{MARGIN}" y="{top:g}" ', 1),
            *_texts(below, foot, LINE, 1.4, f'font-family="{SANS}" fill="{SOFT}"'),
            "</svg>",
        ]
    )


def chart_png(chart: Mapping[str, Any], title: str, cover: Cover, say: Say, lang: str) -> bytes:
    """The same as PNG."""
    return _run(_DOTS, svg=chart_svg(chart, title, cover, say, lang), scale=SCALE)


def _on_paper(chart: Mapping[str, Any]) -> Any:
    wide = {"width": WIDTH} if chart.get("width") == "container" else {}
    return _in_our_letters({**chart, **wide, "background": "transparent"})


def _in_our_letters(node: Any) -> Any:
    """The chart with the names that the files of the letters have."""
    if isinstance(node, dict):
        return {
            key: SANS if key.lower().endswith("font") and isinstance(value, str) else _in_our_letters(value)
            for key, value in node.items()
        }
    return [_in_our_letters(child) for child in node] if isinstance(node, list) else node


def _lines(text: str, width: float, size: int) -> list[str]:
    return textwrap.wrap(text, int(width / (size * 0.5)))


def _texts(lines: list[str], top: float, size: int, leading: float, look: str) -> list[str]:
    return [
        f'<text x="{MARGIN}" y="{top + size + n * size * leading:g}" font-size="{size}" {look}>{escape(line)}</text>'
        for n, line in enumerate(lines)
    ]


def _run(script: str, **asked: Any) -> bytes:
    fonts = [str(files(package) / "files") for package in ("font_source_sans_pro", "font_source_serif_pro")]
    command = [sys.executable, "-P", "-c", _START + script]
    said = json.dumps({"fonts": fonts, **asked}).encode()
    return subprocess.run(command, input=said, stdout=subprocess.PIPE, check=True, timeout=60).stdout
