"""ICC profiles, as much of them as anybody looks at."""


def profile(space=b"CMYK", kind=b"prtr"):
    data = bytearray(132)
    data[12:16], data[16:20], data[36:40] = kind, space, b"acsp"
    return bytes(data)
