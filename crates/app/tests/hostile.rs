//! Reading never fails: whatever the text, there is a sound record and every door can show it.

use std::sync::LazyLock;

use legation_app::{
    Reader, export, html,
    outline::{Layout, outline},
    record::Article,
};
use proptest::prelude::*;

static READER: LazyLock<Reader> = LazyLock::new(|| Reader::built_in().unwrap());

fn read_and_show(text: &str) {
    let record = READER.read(Article::new(text));
    assert_eq!(record.check(), [], "spans of {text:?}");
    let shown = outline(&record, Layout { width: 40, color: false });
    assert!(!shown.contains(['\u{1b}', '\0', '\u{202e}']), "the outline steers the terminal");
    let page = html::page(&record);
    assert_eq!(page.matches("<script").count(), 1, "the page has one script, ours");
    let _ = (
        export::csv(&record),
        export::brat(&record),
        export::web_annotation(&record),
        export::timeml(&record),
    );
}

#[test]
fn odd_texts_are_read() {
    let long_line = "The minister said the talks would resume in May ".repeat(400);
    let odd = [
        "",
        " \n\t\n",
        "\0\0\0",
        "\u{feff}Xi visited Russia in March 2023.",
        "\u{1b}[31mred\u{1b}[0m \u{202e}turned\u{202c} \u{7}",
        "</script><script>alert(1)</script><img src=x onerror=alert(1)>",
        "习近平将于明年访问俄罗斯。克里姆林宫说。",
        "Путин посетит Индию, сообщил Кремль.",
        "وصل الوزير إلى جنيف يوم الأحد.",
        "\"\"\"''“”‘’«»((((((([[[[",
        "- \n- \n- \n* \n1. \n",
        "a\r\nb\rc\u{85}d\u{2028}e",
        "e\u{301}\u{301}\u{301} 👩‍👩‍👧‍👦 🇨🇳🇷🇺",
        "May May May May. Said said said said.",
        "2024-99-99 February 30, 2023 0000-00-00 Dec. 99999999999999999999",
        &long_line,
    ];
    odd.iter().for_each(|text| read_and_show(text));
}

#[test]
fn an_empty_article_has_a_warning() {
    let record = READER.read(Article::new(""));
    assert_eq!(record.warnings.last().map(String::as_str), Some("the article is empty"));
    assert!(record.events.is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_characters_are_read(text in "\\PC{0,200}") {
        read_and_show(&text);
    }

    #[test]
    fn any_news_words_are_read(words in proptest::collection::vec(
        prop_oneof![
            Just("Xi"), Just("Putin"), Just("the Kremlin"), Just("said"), Just("denied"), Just("visited"),
            Just("will visit"), Just("\""), Just("“"), Just("”"), Just("."), Just(","), Just("\n"), Just("- "),
            Just("May"), Just("2024"), Just("on Monday"), Just("next year"), Just("that"), Just("plan"),
            Just("six-point"), Just("to"), Just("Russia"), Just("he"), Just("not"), Just("twice"), Just("since"),
        ],
        0..60,
    )) {
        read_and_show(&words.join(" "));
    }
}

#[test]
fn pronouns_far_from_their_sentence_are_read() {
    let long = "Sergei Lavrov, who had met his counterparts from a dozen states of the region in the course of the year, \
                told reporters in the capital late on Tuesday that the talks had gone well. He left. He praised his hosts.";
    read_and_show(long);
}
