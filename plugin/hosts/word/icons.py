#!/usr/bin/env python3
"""Draws the add-in's icons as PNG: icons.py FOLDER. Word wants 16, 32, 64 and 80 pixels; the drawing is that of
the page's icon.svg, on a field of 64, each pixel the mean of 4 x 4 points."""
import os
import struct
import sys
import zlib

GREEN, WHITE, FOLD = (0x14, 0x60, 0x2F, 255), (255, 255, 255, 255), (0xB9, 0xD8, 0xC4, 255)
NOTHING = (0, 0, 0, 0)
TICK = ((24, 36), (31, 43), (43, 29))


def distance(x, y, a, b):
    """From a point to a line that ends at a and b."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    t = max(0, min(1, ((x - a[0]) * dx + (y - a[1]) * dy) / (dx * dx + dy * dy)))
    return ((x - a[0] - t * dx) ** 2 + (y - a[1] - t * dy) ** 2) ** 0.5


def colour(x, y):
    cx, cy = min(max(x, 12), 52), min(max(y, 12), 52)
    if (x - cx) ** 2 + (y - cy) ** 2 > 144:
        return NOTHING
    if min(distance(x, y, a, b) for a, b in zip(TICK, TICK[1:])) <= 2.5:
        return GREEN
    if 38 <= x <= 48 and 12 <= y <= 22:
        return FOLD if y - 12 >= x - 38 else GREEN
    return WHITE if 18 <= x <= 48 and 12 <= y <= 52 else GREEN


def pixel(i, j, size):
    points = [colour((i + (a + 0.5) / 4) * 64 / size, (j + (b + 0.5) / 4) * 64 / size) for a in range(4) for b in range(4)]
    alpha = sum(p[3] for p in points)
    if alpha == 0:
        return NOTHING
    return tuple(round(sum(p[k] * p[3] for p in points) / alpha) for k in range(3)) + (round(alpha / 16),)


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(size):
    rows = b"".join(b"\0" + bytes(v for i in range(size) for v in pixel(i, j, size)) for j in range(size))
    head = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")


def main():
    for size in (16, 32, 64, 80):
        with open(os.path.join(sys.argv[1], "icon-%d.png" % size), "wb") as out:
            out.write(png(size))


if __name__ == "__main__":
    main()
