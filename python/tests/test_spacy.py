"""Between spaCy and our records."""

import pytest

spacy = pytest.importorskip("spacy")
from spacy.tokens import DocBin  # noqa: E402

import legation  # noqa: E402
import legation.spacy as bridge  # noqa: E402


@pytest.mark.parametrize("every", [0, 1])
def test_every_sample_becomes_a_doc_and_comes_back(thousand, every):
    for article in thousand[every::25]:
        record = legation.read(article["text"], article.get("date"))
        made = bridge.doc(record)
        assert made.text == record.text
        assert bridge.record(made).json() == record.json()
        assert len(made.spans["events"]) == len(record.events) and len(made.spans["times"]) == len(record.times)
        for event, span in zip(record.events, made.spans["events"]):
            assert record.quote(event["trigger"]) in span.text and span.label_ == event["kind"]
        assert all(token.pos_ and token.lemma_ for token in made) and "root" in {token.dep_ for token in made}


def test_trees_are_those_of_conllu():
    text = "President Xi Jinping of China didn't visit Russia.  He left.\n\nThey met."
    made = bridge.doc(legation.read(text))
    columns = [line.split("\t") for line in legation.conllu(text).splitlines() if line and line[0].isdigit() and line.split("\t")[0].isdigit()]
    words = [token for token in made if not token.is_space]
    assert [(token.text, token.tag_, token.dep_) for token in words] == [(row[1], row[4], row[7]) for row in columns]
    assert [sent.root.text for sent in made.sents] == ["visit", "left", "met"]


def test_a_pipeline_of_ones_own_gets_our_layers_and_keeps_them():
    nlp = spacy.blank("en")
    nlp.add_pipe("legation")
    made = nlp("Sergei Lavrov said on May 16, 2024 that Xi Jinping would visit Russia.")
    assert [span.text for span in made.spans["times"]] == ["May 16, 2024"]
    assert "said" in [span.text for span in made.spans["cues"]]
    assert {ent.text for ent in made.ents} >= {"Sergei Lavrov", "Xi Jinping", "Russia"}
    stored = DocBin(docs=[made], store_user_data=True)
    again = next(iter(DocBin().from_bytes(stored.to_bytes()).get_docs(nlp.vocab)))
    assert bridge.record(again).json() == bridge.record(made).json()


def test_the_day_of_publication_travels_in_the_doc():
    nlp = spacy.blank("en")
    nlp.add_pipe("legation")
    given = nlp.make_doc("They met today.")
    given.user_data["published"] = "2024-05-16"
    assert bridge.record(nlp(given)).times[0]["value"] == "2024-05-16"
    assert bridge.record(nlp.make_doc("They met today.")).times


def test_other_texts_are_refused():
    with pytest.raises(ValueError, match="not of the same text"):
        bridge.annotate(spacy.blank("en")("They left."), legation.read("They met."))
