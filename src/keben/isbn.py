"""The International Standard Book Number (ISO 2108): 13 digits, or the 10 of before 2007."""


def check_isbn(text: str) -> str:
    """What is wrong with an ISBN, which may have hyphens; empty where nothing is."""
    digits = text.replace("-", "").upper()
    if len(digits) == 10 and digits[:9].isdigit() and (digits[9].isdigit() or digits[9] == "X"):
        wanted = _check_digit_10(digits[:9])
    elif len(digits) == 13 and digits.isdigit():
        if not digits.startswith(("978", "979")):
            return f"The ISBN “{text}” begins with {digits[:3]}: an ISBN of 13 digits begins with 978 or 979"
        wanted = _check_digit_13(digits[:12])
    else:
        return f"“{text}” is no ISBN: it has 13 digits (or, before 2007, 10)"
    if digits[-1] != wanted:
        return f"The ISBN “{text}” is mistyped: its check digit would be {wanted}, not {digits[-1]}"
    return ""


def isbn_of(identifier: str) -> str:
    """The ISBN of ``urn:isbn:…`` as it is written, in 13 digits; empty for another identifier.

    One of 10 digits becomes that of 13 which all books got in 2007: 978 before, and another check digit.
    """
    prefix = "urn:isbn:"
    if not identifier.lower().startswith(prefix):
        return ""
    text = identifier[len(prefix) :]
    digits = text.replace("-", "")
    if len(digits) != 10:
        return text
    return f"978-{text[:-1]}{_check_digit_13('978' + digits[:9])}"


def _check_digit_13(digits: str) -> str:
    total = sum(int(digit) * (3 if index % 2 else 1) for index, digit in enumerate(digits))
    return str(-total % 10)


def _check_digit_10(digits: str) -> str:
    total = sum(int(digit) * (10 - index) for index, digit in enumerate(digits))
    check = -total % 11
    return "X" if check == 10 else str(check)
