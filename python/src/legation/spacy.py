"""Between spaCy and Legation: ``pip install 'legation[spacy]'``.

A record becomes a ``Doc`` with our words, tags and trees; a ``Doc`` of another pipeline keeps its own and gets our layers over
it. Either way the record travels in the ``Doc`` (also through ``to_bytes`` and ``DocBin``) and comes back with :func:`record`.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Iterator, NamedTuple

from spacy import blank
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans
from spacy.vocab import Vocab

from legation._reader import Reader, conllu, usual
from legation._record import Record

KEY = "legation"
#: What spaCy's English models call the kinds of named things.
LABELS = {
    **{"person": "PERSON", "state": "GPE", "government": "GPE", "place": "LOC", "organisation": "ORG", "nationality": "NORP"},
    **{"facility": "FAC", "event": "EVENT", "law": "LAW", "document": "WORK_OF_ART"},
}


def doc(record: Record, vocab: Vocab | None = None) -> Doc:
    """A record as a ``Doc``: our words, tags, lemmas and trees, names as ``ents``, and our layers as ``spans``.

    >>> import legation, legation.spacy
    >>> made = legation.spacy.doc(legation.read("Xi Jinping visited Russia on March 20, 2023."))
    >>> [(span.text, span.label_) for span in made.spans["events"]]
    [('visited', 'visit')]
    >>> [(ent.text, ent.label_) for ent in made.ents]
    [('Xi Jinping', 'PERSON'), ('Russia', 'GPE')]
    """
    words = list(spaced(record.text, parsed(conllu(record.text))))
    made = Doc(
        vocab or english(),
        words=[word.text for word in words],
        spaces=[word.space for word in words],
        tags=[word.xpos for word in words],
        pos=[word.upos for word in words],
        lemmas=[word.lemma for word in words],
        morphs=[word.feats for word in words],
        heads=[word.head for word in words],
        deps=[word.deprel for word in words],
    )
    return annotate(made, record)


@cache
def english() -> Vocab:
    """What spaCy knows of English words without a model."""
    return blank("en").vocab


def annotate(given: Doc, record: Record) -> Doc:
    """Lays a record over a ``Doc`` of the same text: ``spans["events"]``, ``["times"]``, ``["sources"]``, ``["cues"]``,
    ``["contents"]`` and ``["mentions"]``, and names as ``ents`` where it has none."""
    if given.text != record.text:
        raise ValueError("the Doc and the record are not of the same text")
    layers: dict[str, list[Span]] = {name: [] for name in ("events", "times", "sources", "cues", "contents", "mentions")}
    for name, span, label, identity in marked(record):
        start, end = record.characters(span)
        if found := given.char_span(start, end, label=label, span_id=identity, alignment_mode="expand"):
            layers[name].append(found)
    for name, spans in layers.items():
        given.spans[name] = spans
    if not given.ents:
        given.set_ents(filter_spans([span for span in layers["mentions"] if span.label_ in set(LABELS.values())]))
    given.user_data[KEY] = record.line()
    return given


def record(given: Doc) -> Record:
    """The record that a ``Doc`` carries; of one that carries none, its text is read.

    >>> import legation, legation.spacy
    >>> first = legation.read("Xi Jinping visited Russia on March 20, 2023.")
    >>> legation.spacy.record(legation.spacy.doc(first)).json() == first.json()
    True
    """
    line = given.user_data.get(KEY)
    return Record.from_json(line) if line else usual().read(given.text, given.user_data.get("published"))


@Language.factory(KEY, default_config={"knowledge": None})
def component(nlp: Language, name: str, knowledge: str | None) -> Any:
    """``nlp.add_pipe("legation")``; the day of publication may stand in ``doc.user_data["published"]``."""
    reader = Reader(knowledge) if knowledge else usual()

    def read(given: Doc) -> Doc:
        return annotate(given, reader.read(given.text, given.user_data.get("published")))

    return read


def marked(record: Record) -> Iterator[tuple[str, dict[str, int], str, str]]:
    """Layer, span, label and id of everything that a record marks."""
    for event in record.events:
        yield "events", event["trigger"], event["kind"], event["id"]
    for time in record.times:
        yield "times", time["span"], time["kind"], time["id"]
    for one in record.attributions:
        for layer, part in (("sources", "source"), ("cues", "cue"), ("contents", "content")):
            for span in one[part]:
                yield layer, span, one["act"], one["id"]
    for entity in record.entities:
        for mention in entity["mentions"]:
            named = mention["kind"] == "name"
            yield "mentions", mention["head"], LABELS.get(entity["kind"], "MISC") if named else entity["kind"], entity["id"]


class Word(NamedTuple):
    text: str
    space: bool
    lemma: str
    upos: str
    xpos: str
    feats: str
    head: int
    deprel: str


def parsed(text: str) -> Iterator[list[list[str]]]:
    """The columns of the words of each sentence of CoNLL-U."""
    for block in text.split("\n\n"):
        lines = [line.split("\t") for line in block.splitlines() if line and not line.startswith("#")]
        if words := [line for line in lines if line[0].isdigit()]:
            yield words


def spaced(text: str, sentences: Iterator[list[list[str]]]) -> Iterator[Word]:
    """The words and what stands between them: one blank belongs to the word before, anything else is a word, as in spaCy."""
    made: list[Word] = []
    at = 0
    for sentence in sentences:
        numbers: dict[int, int] = {0: 0}
        first = len(made)
        for columns in sentence:
            start = text.index(columns[1], at)
            gap(made, text[at:start])
            numbers[int(columns[0])] = len(made)
            made.append(Word(columns[1], False, columns[2], columns[3], columns[4], columns[5].strip("_"), int(columns[6]), columns[7]))
            at = start + len(columns[1])
        for place in range(first, len(made)):
            word = made[place]
            if word.deprel:
                made[place] = word._replace(head=numbers[word.head] if word.head else place)
    gap(made, text[at:])
    return iter(made)


def gap(made: list[Word], between: str) -> None:
    if between.startswith(" ") and made:
        made[-1] = made[-1]._replace(space=True)
        between = between[1:]
    if between:
        upos, xpos = ("SPACE", "_SP") if between.isspace() else ("X", "")
        made.append(Word(between, False, between, upos, xpos, "", max(len(made) - 1, 0), ""))
