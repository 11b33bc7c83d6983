"""A thousand articles out of the samples: stretches of their paragraphs, with what comes along with articles and what hurts readers."""

import json
import pathlib

ROOT = pathlib.Path(__file__).parents[2]
#: What articles in the wild have between their words.
HURTS = ["", "\ufeff", "\r\n", " \u202eabc\u202c ", "\u00a0— ", "🕊 ", "\u0000", "“”", "e\u0301 ", "\u2028"]


def stretches():
    """Stretches of one, two and three paragraphs of each sample, in order."""
    for sample in sorted((ROOT / "samples").glob("*.txt")):
        paragraphs = [part for part in sample.read_text("utf-8").splitlines() if part.strip()]
        for length in (1, 2, 3):
            for start in range(len(paragraphs) - length + 1):
                yield sample.stem, "\n".join(paragraphs[start : start + length])


def article(number: int, name: str, text: str) -> dict:
    fields = {"id": f"{name}-{number}", "text": text}
    if number % 3:
        fields["date"] = f"20{10 + number % 15}-{1 + number % 12:02}-{1 + number % 28:02}"
    if number % 4 == 1:
        fields["title"] = text[:40]
    if number % 5 == 1:
        fields["source"] = ["AP", "The Post"][: 1 + number % 2]
    if number % 7 == 1:
        fields["url"] = f"https://news.example/{number}"
    return fields


def thousand() -> list[dict]:
    pieces = list(stretches())
    made = []
    for number in range(1000):
        name, text = pieces[number % len(pieces)]
        again = number // len(pieces)
        hurt = HURTS[number % len(HURTS)] if number % 2 else ""
        made.append(article(number, name, hurt + text + (hurt + str(again) if again else "")))
    return made


def write(articles: list[dict], path: pathlib.Path) -> pathlib.Path:
    path.write_text("".join(json.dumps(one) + "\n" for one in articles), "utf-8")
    return path
