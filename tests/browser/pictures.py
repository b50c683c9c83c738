"""Small pictures of pages: a screenshot with its 256 commonest colours, as PNG with a palette."""

import base64
import struct
import zlib
from pathlib import Path

from playwright.sync_api import Page

COLOURS = 256
# The browser reads its own screenshot; what is not among the commonest colours takes the nearest.
REDUCE = """async ([url, most]) => {
  const image = new Image();
  image.src = url;
  await image.decode();
  const canvas = new OffscreenCanvas(image.width, image.height), pen = canvas.getContext("2d");
  pen.drawImage(image, 0, 0);
  const {data} = pen.getImageData(0, 0, image.width, image.height);
  const pixels = new Uint32Array(data.buffer), count = new Map();
  for (const one of pixels) count.set(one, (count.get(one) || 0) + 1);
  const known = [...count].sort((a, b) => b[1] - a[1]).slice(0, most).map(([one]) => one);
  const parts = (one) => [one & 255, (one >> 8) & 255, (one >> 16) & 255];
  const palette = known.map(parts);
  const far = (a, b) => (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 + (a[2] - b[2]) ** 2;
  const places = new Map([...count.keys()].map((one) => {
    const gaps = palette.map((other) => far(parts(one), other));
    return [one, gaps.indexOf(Math.min(...gaps))];
  }));
  let found = "";
  for (const one of pixels) found += String.fromCharCode(places.get(one));
  return [image.width, image.height, palette.flat(), btoa(found)];
}"""


def take(page: Page, path: Path) -> None:
    """What the page shows now, written small."""
    url = "data:image/png;base64," + base64.b64encode(page.screenshot()).decode()
    blank = page.context.new_page()
    width, height, palette, found = blank.evaluate(REDUCE, [url, COLOURS])
    blank.close()
    path.write_bytes(_png(width, height, bytes(palette), base64.b64decode(found)))


def _png(width: int, height: int, palette: bytes, pixels: bytes) -> bytes:
    rows = b"".join(b"\0" + pixels[at : at + width] for at in range(0, len(pixels), width))
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"PLTE", palette), (b"IDAT", zlib.compress(rows, 9)))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*one) for one in (*chunks, (b"IEND", b"")))


def _chunk(kind: bytes, data: bytes) -> bytes:
    body = kind + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))
