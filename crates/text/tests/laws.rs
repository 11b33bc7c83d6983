//! What holds of every parse, whatever the text.

use std::sync::LazyLock;

use legation_knowledge::Files;
use legation_record::{Article, Span};
use legation_text::{BlockKind, Parse, TextReader, to_conllu};
use proptest::prelude::*;

static READER: LazyLock<TextReader> = LazyLock::new(|| TextReader::load(&Files::built_in()).unwrap());

/// White space, control characters and marks without width.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || c.is_control() || "\u{200b}\u{feff}\u{2060}\u{200e}\u{200f}".contains(c)
}

fn check_spans(text: &str, parse: &Parse) {
    let mut end = 0;
    for block in &parse.blocks {
        assert!(block.span.start >= end && block.span.slice(text).is_some_and(|inside| !inside.is_empty()));
        end = block.span.end;
    }
    let mut end = 0;
    for sentence in &parse.sentences {
        assert!(!sentence.tokens.is_empty() && parse.blocks[sentence.block].span.contains(sentence.span));
        let words = &sentence.tokens;
        assert_eq!(sentence.span, Span::new(words[0].span.start, words[words.len() - 1].span.end));
        for token in words {
            assert!(token.span.start >= end && !token.span.is_empty());
            let form = token.span.slice(text).unwrap();
            assert!(!form.contains(is_blank), "{form:?}");
            end = token.span.end;
        }
        assert_eq!(words.iter().filter(|token| token.head.is_none()).count(), 1);
        for (at, token) in words.iter().enumerate() {
            assert!(token.head.is_none() || sentence.ancestors(at).any(|up| words[up].head.is_none()));
            assert_eq!(token.head.is_none(), &*token.deprel == "root");
        }
        let mut last = None;
        for name in &sentence.names {
            assert!(
                name.first <= name.last
                    && name.last < words.len()
                    && last.is_none_or(|last| last < name.first)
            );
            last = Some(name.last);
        }
    }
}

/// Every character that is not white lies in a token, but for list marks and a dateline's dash.
fn check_cover(text: &str, parse: &Parse, marks: bool) {
    let mut covered = vec![false; text.len()];
    for token in parse.sentences.iter().flat_map(|sentence| &sentence.tokens) {
        covered[token.span.start..token.span.end].fill(true);
    }
    for (at, c) in text.char_indices().filter(|(at, c)| !covered[*at] && !is_blank(*c)) {
        let next = parse.blocks.partition_point(|block| block.span.start <= at);
        let item = parse.blocks.get(next).is_some_and(|block| block.kind == BlockKind::ListItem);
        let dateline = next > 0 && parse.blocks[next - 1].kind == BlockKind::Dateline;
        assert!(marks && (item || dateline), "{c:?} at {at} is in no token");
    }
}

fn check(text: &str) {
    let parse = READER.read(&Article::new(text));
    if !parse.warnings.iter().any(|warning| warning.contains("only English")) {
        check_cover(text, &parse, true);
    }
    check_spans(text, &parse);
    let raw = READER.read_raw(text);
    check_cover(text, &raw, false);
    check_spans(text, &raw);
    for line in to_conllu(text, &raw).lines() {
        assert!(line.is_empty() || line.starts_with('#') || line.split('\t').count() == 10, "{line:?}");
    }
    assert_eq!(parse, READER.read(&Article::new(text)));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read(text in "\\PC{0,200}") {
        check(&text);
    }

    #[test]
    fn any_line_of_news_marks_is_read(
        parts in proptest::collection::vec(
            prop_oneof![
                Just("KYIV, Dec. 27 — "), Just("\n- "), Just("\n\n"), Just("U.S."), Just("“No,”"), Just("can't"), Just(" "),
                Just("said"), Just("full-scale"), Just("..."), Just("\u{0}"), Just("’"), Just("é"), Just("1. "), Just("(a) "),
                Just("a@b.c"), Just("http://x.y"), Just("$5m"), Just("-"), Just("'"), Just("By Ann Lee"), Just("\r\n"), Just("\u{301}"),
            ],
            0..60,
        )
    ) {
        check(&parts.concat());
    }
}

#[test]
fn odd_texts_are_read() {
    for text in ["", " ", "\n\n", "\u{0}", "\u{feff}", "x", "-", "- ", "\u{301}", "👨‍👩‍👧", "．", "By", "A — B"]
    {
        check(text);
    }
}

#[test]
fn an_endless_sentence_is_cut_and_reported() {
    let parse = READER.read(&Article::new("and then he went ".repeat(500)));
    assert_eq!(parse.sentences.iter().map(|sentence| sentence.tokens.len()).sum::<usize>(), 2000);
    assert!(parse.warnings.iter().any(|warning| warning.contains("were cut")));
}

#[test]
fn given_words_keep_their_number_and_place() {
    let long: Vec<String> =
        (0..450).map(|at| if at % 9 == 8 { ",".into() } else { format!("word{at}") }).collect();
    let sentences = [vec!["Kenya".to_owned(), "agreed".into(), ".".into()], Vec::new(), long.clone()];
    let tagged = READER.tag_sentences(&sentences);
    let counts: Vec<usize> = tagged.iter().map(|one| one.sentence.tokens.len()).collect();
    assert_eq!(counts, [3, 0, 450]);
    for (one, words) in tagged.iter().zip(&sentences) {
        let forms: Vec<&str> = one.sentence.tokens.iter().map(|token| token.form(&one.text)).collect();
        assert_eq!(forms, words.iter().map(String::as_str).collect::<Vec<_>>());
    }
    assert_eq!(tagged[2].sentence.tokens.iter().filter(|token| token.head.is_none()).count(), 1);
}

/// Sentence ends that news asks for.
#[test]
fn news_is_divided_as_a_reader_would() {
    let text = "Egypt's president told the U.S. ambassador on Sept. 5 that \"talks must go on.\" The envoy, Cyrus R. Vance, agreed.\n\
        \"We came here to make peace,\" he said. \"Nobody will leave early.\"\n\
        The plan asks for three steps:\n\
        - A withdrawal of all troops.\n\
        - \"Full and equal\" relations between Egypt and Israel\n\
        - An end to the boycott, which Gen. Dayan called \"a weapon of the weak.\"\n\
        Did the U.S. agree? Mr. Carter said it did. It cost about $3.5 billion a year.";
    let parse = READER.read(&Article::new(text));
    let found: Vec<&str> =
        parse.sentences.iter().map(|sentence| sentence.span.slice(text).unwrap()).collect();
    let expected = [
        "Egypt's president told the U.S. ambassador on Sept. 5 that \"talks must go on.\"",
        "The envoy, Cyrus R. Vance, agreed.",
        "\"We came here to make peace,\" he said.",
        "\"Nobody will leave early.\"",
        "The plan asks for three steps:",
        "A withdrawal of all troops.",
        "\"Full and equal\" relations between Egypt and Israel",
        "An end to the boycott, which Gen. Dayan called \"a weapon of the weak.\"",
        "Did the U.S. agree?",
        "Mr. Carter said it did.",
        "It cost about $3.5 billion a year.",
    ];
    assert_eq!(found, expected);
}
