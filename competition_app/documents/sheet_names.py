"""How long a sheet's name may be: a workbook counts in UTF-16, a rare character or an emoji twice."""

MOST = 31


def cut(text: str, most: int = MOST) -> str:
    """As much of the text as a sheet's name holds, no character halved."""
    while len(text.encode("utf-16-le", "surrogatepass")) > 2 * most:
        text = text[:-1]
    return text
