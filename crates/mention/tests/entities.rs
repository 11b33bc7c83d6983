//! Who and where, on sentences of our own about dated facts.

use std::sync::OnceLock;

use legation_knowledge::Files;
use legation_mention::{
    entity::{EntityLayer, EntityReader},
    time::TimeReader,
};
use legation_record::{Article, Entity, EntityKind};
use legation_text::TextReader;

struct Readers {
    text: TextReader,
    times: TimeReader,
    entities: EntityReader,
}

fn readers() -> &'static Readers {
    static READERS: OnceLock<Readers> = OnceLock::new();
    READERS.get_or_init(|| {
        let files = Files::built_in();
        Readers {
            text: TextReader::load(&files).unwrap(),
            times: TimeReader::load(&files).unwrap(),
            entities: EntityReader::load(&files).unwrap(),
        }
    })
}

fn read(text: &str, day: &str) -> (String, EntityLayer) {
    let article = Article::new(text).published(day.parse().unwrap());
    let all = readers();
    let parse = all.text.read(&article);
    let times = all.times.read(&article, &parse);
    let layer = all.entities.read(&article, &parse, &times);
    (article.text, layer)
}

fn words<'a>(text: &'a str, entity: &Entity) -> Vec<&'a str> {
    entity.mentions.iter().map(|mention| mention.span.slice(text).unwrap()).collect()
}

#[track_caller]
fn linked<'a>(layer: &'a EntityLayer, link: &str) -> &'a Entity {
    let found = layer.entities.iter().find(|entity| entity.link.as_deref() == Some(link));
    found.unwrap_or_else(|| panic!("no {link} in {:#?}", layer.entities))
}

#[test]
fn title_and_name_are_one_mention_and_the_surname_returns_to_it() {
    let (text, layer) = read(
        "French President Emmanuel Macron landed in Riyadh on Monday. Macron said he would stay for three days.",
        "2024-12-02",
    );
    let macron = linked(&layer, "person/emmanuel-macron");
    assert_eq!(words(&text, macron), ["French President Emmanuel Macron", "Macron", "he"]);
    assert_eq!(macron.country.as_deref(), Some("FRA"));
    assert!(macron.offices.iter().any(|held| held.office == "head_of_state" && held.evidence.is_some()));
}

#[test]
fn a_capital_is_a_place_where_one_lands_and_a_government_where_it_denies() {
    let (text, layer) =
        read("The minister landed in Beijing on Sunday. Beijing has denied the report.", "2023-06-18");
    assert_eq!(words(&text, linked(&layer, "government/CHN")), ["Beijing"]);
    assert_eq!(words(&text, linked(&layer, "place/CHN/beijing")), ["Beijing"]);
}

#[test]
fn an_office_resolves_by_the_day() {
    let holder = |day: &str| {
        let (_, layer) = read("The U.S. president spoke to reporters.", day);
        layer.entities.iter().find(|entity| entity.kind == EntityKind::Person).unwrap().link.clone()
    };
    assert_eq!(holder("2017-03-10").as_deref(), Some("person/donald-trump"));
    assert_eq!(holder("2014-03-10").as_deref(), Some("person/barack-obama"));
}

#[test]
fn one_of_several_is_nobody_in_particular() {
    let (_, layer) = read("It was the first visit by a U.S. president since 1995.", "2014-03-10");
    assert!(layer.entities.iter().all(|entity| entity.link.as_deref() != Some("person/barack-obama")));
}

#[test]
fn an_apposition_teaches_office_and_country() {
    let (text, layer) = read(
        "Adnan Drenova, the defence minister of Bosnia and Herzegovina, arrived on Friday. Drenova met soldiers.",
        "2024-03-01",
    );
    let man = layer.entities.iter().find(|entity| entity.name == "Adnan Drenova").unwrap();
    assert_eq!(man.link, None);
    assert_eq!(man.country.as_deref(), Some("BIH"));
    assert_eq!(man.offices[0].office, "defence_minister");
    assert_eq!(words(&text, man).len(), 3, "{:?}", words(&text, man));
}

#[test]
fn somebody_described_first_is_named_later() {
    let (text, layer) = read(
        "The Kremlin’s ambassador to Jakarta spoke on Tuesday. Ambassador Pyotr Zelenov said talks would go on.",
        "2023-05-09",
    );
    let man = layer.entities.iter().find(|entity| entity.name == "Pyotr Zelenov").unwrap();
    assert_eq!(words(&text, man), ["The Kremlin’s ambassador to Jakarta", "Ambassador Pyotr Zelenov"]);
    assert_eq!(man.offices[0].to.as_deref(), Some("IDN"));
}

#[test]
fn two_leaders_are_the_two_who_met() {
    let (text, layer) = read(
        "Narendra Modi and Xi Jinping met in Kazan on Wednesday. The two leaders welcomed the accord.",
        "2024-10-23",
    );
    let pair = layer.entities.iter().find(|entity| words(&text, entity) == ["The two leaders"]).unwrap();
    assert_eq!(pair.members.len(), 2);
}

#[test]
fn a_possessor_tells_the_country_but_not_of_neighbours() {
    let (_, layer) = read("Benjamin Netanyahu's government declined to comment.", "2023-03-19");
    assert_eq!(linked(&layer, "government/ISR").kind, EntityKind::Government);
    let (_, layer) = read("Germany thanked its neighbours.", "2023-03-19");
    let neighbours = layer.entities.iter().find(|entity| entity.name.contains("neighbours"));
    assert!(neighbours.is_none_or(|entity| entity.country.is_none()));
}

#[test]
fn a_plan_told_of_again_is_the_same_plan() {
    let (text, layer) =
        read("Brazil praised its four-point peace plan. Germany welcomed the four-point plan.", "2024-05-23");
    let plan = layer.entities.iter().find(|entity| entity.kind == EntityKind::Document).unwrap();
    assert_eq!(words(&text, plan), ["its four-point peace plan", "the four-point plan"]);
}

#[test]
fn every_mention_lies_on_the_text_and_says_why() {
    let (text, layer) = read(
        "“Dear friend” Erdoğan hosted Zelenskyy’s envoy — the Élysée’s guest — in Türkiye.",
        "2022-03-10",
    );
    for mention in layer.entities.iter().flat_map(|entity| &entity.mentions) {
        assert!(mention.span.slice(&text).is_some() && mention.head.slice(&text).is_some());
        assert!(mention.span.contains(mention.head), "{mention:?}");
        assert!(mention.reason.contains(": "), "{mention:?}");
    }
}
