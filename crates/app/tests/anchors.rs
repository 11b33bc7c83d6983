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

#[test]
fn what_the_world_knows_is_dated_where_the_sentence_is_not() {
    let reader = Reader::built_in().unwrap();
    for (text, word, expected) in [
        ("Moscow launched the full-scale invasion of Ukraine.", "launched", "2022-02-24"),
        ("Poland took in refugees after the full-scale invasion of Ukraine.", "invasion", "2022-02-24"),
        // A date of its own is the better one.
        ("The invasion of Ukraine on March 2, 2022 was condemned.", "invasion", "2022-03-02"),
        // Another country, and what is only feared.
        ("The army began the full-scale invasion of Lebanon.", "began", "../2024-12-27"),
        ("Analysts fear a full-scale invasion of Ukraine.", "invasion", ""),
    ] {
        assert_eq!(days(&reader, text, word), expected, "'{word}' in: {text}");
    }
}

#[test]
fn what_is_told_in_one_breath_is_of_one_date() {
    let reader = Reader::built_in().unwrap();
    let text = "On Tuesday the army shelled a port held by rebels, killing two people.";
    assert_eq!(days(&reader, text, "killing"), "2024-12-24");
    let text =
        "The minister said on Tuesday that talks had failed. \"We are ready to resume them,\" he added.";
    assert_eq!(days(&reader, text, "added"), "2024-12-24");
    let text = "The army was criticised on Tuesday for killing two people.";
    assert_eq!(days(&reader, text, "killing"), "../2024-12-27");
    let text = "The minister said on Tuesday that talks had failed. Analysts said that was no surprise.";
    assert_eq!(days(&reader, text, "said that was"), "2024-12-27");
}
