"""Ed25519 as RFC 8032 defines it: verification only.

One device signs thousands of entries, so multiples of its key (and of the base point) are laid out once, and a signature
then costs 128 additions of points and no doubling.
"""

import hashlib

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)

# Points are (X, Y, Z, T) with x = X/Z, y = Y/Z, xy = T/Z.
NEUTRAL = (0, 1, 1, 0)


def add(a, b):
    x1, y1, z1, t1 = a
    x2, y2, z2, t2 = b
    e = (y1 - x1) * (y2 - x2) % P
    f = (y1 + x1) * (y2 + x2) % P
    g = 2 * D * t1 * t2 % P
    h = 2 * z1 * z2 % P
    u, v, w, s = f - e, h - g, h + g, f + e
    return u * v % P, w * s % P, v * w % P, u * s % P


def read_point(data):
    """The point that 32 bytes stand for, or None."""
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    if square == 0:
        return None if sign else (0, y, 1, 0)
    x = pow(square, (P + 3) // 8, P)
    if x * x % P != square:
        x = x * ROOT_OF_MINUS_ONE % P
    if x * x % P != square:
        return None
    if x & 1 != sign:
        x = P - x
    return x, y, 1, x * y % P


def write_point(point):
    x, y, z, _ = point
    inverse = pow(z, -1, P)
    x, y = x * inverse % P, y * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


def layout(point):
    """For each of 64 half-bytes n: the points 0…15 × 16ⁿ × point."""
    rows = []
    for _ in range(64):
        row = [NEUTRAL]
        for _ in range(15):
            row.append(add(row[-1], point))
        rows.append(row)
        point = add(row[-1], point)
    return rows


def multiple(rows, scalar):
    point = NEUTRAL
    for row in rows:
        point = add(point, row[scalar & 15])
        scalar >>= 4
    return point


BASE = layout(read_point((4 * pow(5, -1, P) % P).to_bytes(32, "little")))


class Key:
    """A public key that checks many signatures."""

    def __init__(self, data):
        point = read_point(data)
        if point is None:
            raise ValueError("no point of the curve")
        eightfold = point
        for _ in range(3):
            eightfold = add(eightfold, eightfold)
        if write_point(eightfold) == write_point(NEUTRAL):
            raise ValueError("a key of small order signs for everybody")
        self.data = data
        self.negative = layout(((P - point[0]) % P, point[1], 1, (P - point[3]) % P))

    def verifies(self, signature, message):
        if len(signature) != 64:
            return False
        r, s = signature[:32], int.from_bytes(signature[32:], "little")
        if s >= ORDER:
            return False
        h = int.from_bytes(hashlib.sha512(r + self.data + message).digest(), "little") % ORDER
        return write_point(add(multiple(BASE, s), multiple(self.negative, h))) == r
