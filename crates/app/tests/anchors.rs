//! The days that whatever a word tells is given: by an expression, by its clause, by tense, by neighbours.

use legation_app::Reader;
use legation_event::Below;
use legation_record::{Article, Span};

/// The days of the first `word`, in EDTF; the article is of 27 December 2024.
fn days(reader: &Reader, text: &str, word: &str) -> String {
    let article = Article::new(text).published("2024-12-27".parse().unwrap());
    let layers = reader.layers(&article);
    let below = Below {
        article: &article,
        parse: &layers.parse,
        times: &layers.times,
        entities: &layers.entities,
        attributions: &layers.attributions,
    };
    let start = text.find(word).unwrap();
    let found = reader.events().anchor(below, Span::new(start, start + word.len()));
    found.map(|(interval, _)| interval.edtf()).unwrap_or_default()
}

#[test]
fn words_are_dated_by_what_governs_them() {
    let reader = Reader::built_in().unwrap();
    for (text, word, expected) in [
        // The expression that hangs on it.
        ("The envoy arrived in Paris on Wednesday.", "arrived", "2024-12-25"),
        ("Four soldiers died in Tuesday's attack.", "attack", "2024-12-24"),
        // The clause that it belongs to.
        ("The envoy arrived on Wednesday and met the king.", "met", "2024-12-25"),
        // What is said is not dated by what it is about.
        ("Officials said the ministry was founded in 1968.", "said", "2024-12-27"),
        ("The two hope to sign the treaty in 2026.", "hope", "2024-12-27"),
        // What comes after a dated event is not dated by it.
        ("The price has been rising since the 1996 bombing.", "rising", "2024-12-27"),
        // What is attended is dated, and so is who attends.
        ("The chancellor will not attend a January 9 parade in Moscow.", "attend", "2025-01-09"),
        // Tense alone bounds.
        ("The army attacked the port.", "attacked", "../2024-12-27"),
    ] {
        assert_eq!(days(&reader, text, word), expected, "'{word}' in: {text}");
    }
}

#[test]
fn a_past_follows_the_dated_past_before_it() {
    let reader = Reader::built_in().unwrap();
    let text = "The army attacked the port on Tuesday. The city surrendered.";
    assert_eq!(days(&reader, text, "surrendered"), "2024-12-24");
    let text = "The army attacked the port on Tuesday.\n\nThe city surrendered.";
    assert_eq!(days(&reader, text, "surrendered"), "../2024-12-27");
}
