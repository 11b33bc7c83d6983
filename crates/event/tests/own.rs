//! A user's own kind, word, construction and type of point, added in a folder and read without compiling.

use legation_event::{Below, EventReader};
use legation_knowledge::Files;
use legation_mention::{attribution::AttributionReader, entity::EntityReader, time::TimeReader};
use legation_record::{Article, Event};
use legation_text::TextReader;

const KIND: &str = "[[kind]]\nname = \"gift\"\ngloss = \"one leader gives another a present\"\nplover = \"SUPPORT\"\n\
    cameo = \"051\"\nactor = \"giver\"\nrecipient = \"receiver\"\ncontexts = [\"diplomatic\"]\n";
const WORDS: &str = "words\tpos\tkind\tsubtype\tconstruction\twith\twithout\n\
    gift|present\tv\tgift\t\tgift-verb\t\t\n";
const RULE: &str = "[[construction]]\nname = \"gift-verb\"\nactor = \"agent\"\n\
    recipient = \"patient | obl[case=with,to]\"\nneed = [\"actor\", \"recipient\"]\n\n\
    [[fires]]\ntext = \"Peru gifted Chile a horse.\"\nkind = \"gift\"\n\n\
    [[silent]]\ntext = \"The gift shop closed.\"\nkind = \"gift\"\n";

fn own() -> Files {
    let mut files = Files::built_in();
    files.insert("ontology/kinds-own.toml", KIND);
    files.insert("lexicon/verbs-own.tsv", WORDS);
    files.insert("rules/event/own.rule", RULE);
    files
}

fn read(files: &Files, text: &str) -> Vec<Event> {
    let article = Article::new(text);
    let parse = TextReader::load(files).unwrap().read(&article);
    let times = TimeReader::load(files).unwrap().read(&article, &parse);
    let entities = EntityReader::load(files).unwrap().read(&article, &parse, &times);
    let attributions = AttributionReader::load(files).unwrap().read(&article, &parse, &times, &entities);
    let below = Below {
        article: &article,
        parse: &parse,
        times: &times,
        entities: &entities,
        attributions: &attributions,
    };
    EventReader::load(files).unwrap().read(below).events
}

#[test]
fn a_kind_of_ones_own_is_read_beside_ours() {
    let events = read(&own(), "Vladimir Putin presented Kim Jong-un with a car in Moscow.");
    let gift = events.iter().find(|event| event.kind.0 == "gift").unwrap();
    assert_eq!(gift.codes.plover.as_deref(), Some("SUPPORT"));
    assert!(gift.in_role("giver").any(|one| one.text.contains("Putin")), "{gift:?}");
    let ours = read(&own(), "Emmanuel Macron visited Beijing in April 2023.");
    assert!(ours.iter().any(|event| event.kind.0 == "visit"));
}

#[test]
fn a_broken_row_of_ones_own_is_refused_with_its_place() {
    let mut files = own();
    files.insert("lexicon/verbs-own.tsv", WORDS.replace("\tgift\t", "\tgifft\t"));
    let fault = EventReader::load(&files).unwrap_err();
    assert_eq!(fault.file, "lexicon/verbs-own.tsv");
    assert_eq!((fault.line, fault.message.contains("gifft")), (2, true));
    files = own();
    files.insert("ontology/kinds-own.toml", KIND.replace("SUPPORT", "PRAISE"));
    let fault = EventReader::load(&files).unwrap_err();
    assert!(fault.message.contains("PRAISE"));
    assert_eq!((fault.file.as_str(), fault.line, fault.column), ("ontology/kinds-own.toml", 4, 10));
    files = own();
    files.insert("ontology/kinds-own.toml", KIND.replace("cameo", "mode = \"phone\"\ncameo"));
    let fault = EventReader::load(&files).unwrap_err();
    assert_eq!((fault.line, fault.message.contains("'phone' is no mode")), (5, true));
}
