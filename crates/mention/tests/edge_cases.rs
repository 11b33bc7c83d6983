//! Names that mean several things, titles that mislead and spellings that differ: sentences of our own about dated facts.

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

struct Read {
    text: String,
    layer: EntityLayer,
}

fn read(day: &str, text: &str) -> Read {
    let article = Article::new(text).published(day.parse().unwrap());
    let all = readers();
    let parse = all.text.read(&article);
    let times = all.times.read(&article, &parse);
    let layer = all.entities.read(&article, &parse, &times);
    Read { text: article.text, layer }
}

impl Read {
    #[track_caller]
    fn linked(&self, link: &str) -> &Entity {
        let found = self.layer.entities.iter().find(|entity| entity.link.as_deref() == Some(link));
        found.unwrap_or_else(|| panic!("no {link} in {:#?}", self.layer.entities))
    }

    fn has(&self, link: &str) -> bool {
        self.layer.entities.iter().any(|entity| entity.link.as_deref() == Some(link))
    }

    #[track_caller]
    fn named(&self, name: &str) -> &Entity {
        let found = self.layer.entities.iter().find(|entity| entity.name == name);
        found.unwrap_or_else(|| panic!("no {name} in {:#?}", self.layer.entities))
    }

    fn words(&self, entity: &Entity) -> Vec<&str> {
        entity.mentions.iter().map(|mention| mention.span.slice(&self.text).unwrap()).collect()
    }

    #[track_caller]
    fn called(&self, link: &str, words: &[&str]) {
        assert_eq!(self.words(self.linked(link)), words);
    }
}

#[test]
fn georgia_is_a_state_in_the_caucasus() {
    let it = read("2008-08-09", "Russian troops entered Georgia on Friday. Tbilisi asked for a ceasefire.");
    it.called("state/GEO", &["Georgia"]);
    it.called("government/GEO", &["Tbilisi"]);
}

#[test]
fn georgia_is_an_american_state() {
    let it = read(
        "2021-01-06",
        "Voters in Atlanta, Georgia, chose two senators on Tuesday. Georgia Governor Brian Kemp certified the result.",
    );
    assert!(!it.has("state/GEO"));
    assert_eq!(it.named("Brian Kemp").country.as_deref(), Some("USA"));
}

#[test]
fn two_states_are_named_congo() {
    let it = read(
        "2023-02-01",
        "The army fought rebels near Goma in the Democratic Republic of the Congo. Kinshasa accused Rwanda.",
    );
    assert!(it.has("government/COD") && !it.has("government/COG"));
    let it = read(
        "2023-02-01",
        "Denis Sassou Nguesso, president of the Republic of the Congo, flew from Brazzaville to Paris.",
    );
    assert_eq!(it.linked("person/denis-sassou-nguesso").country.as_deref(), Some("COG"));
    assert!(!it.has("state/COD"));
}

#[test]
fn two_koreas_by_name_and_capital() {
    let it = read(
        "2018-04-27",
        "Pyongyang and Seoul agreed to talks. North Korea freed three men, and South Korea welcomed the step.",
    );
    it.called("government/PRK", &["Pyongyang", "North Korea"]);
    it.called("government/KOR", &["Seoul", "South Korea"]);
}

#[test]
fn jordan_is_a_man_or_a_kingdom() {
    let it = read("2024-03-05", "Michael Jordan opened a clinic in Wilmington. Jordan said he was glad.");
    assert_eq!(it.words(it.named("Michael Jordan")), ["Michael Jordan", "Jordan", "he"]);
    assert!(!it.has("government/JOR"));
    let it = read("2024-03-05", "Jordan closed its border with Syria. Officials met in Amman.");
    it.called("government/JOR", &["Jordan", "its"]);
}

#[test]
fn turkey_and_turkiye_are_one() {
    let it = read("2022-06-02", "Turkey asked for a new name. Türkiye said the change was overdue.");
    it.called("government/TUR", &["Turkey", "Türkiye"]);
}

#[test]
fn taipei_condemns_and_is_landed_in() {
    let it = read("2023-08-10", "Taipei condemned the drills. Taiwan scrambled jets.");
    it.called("government/TWN", &["Taipei", "Taiwan"]);
    let it = read("2023-08-10", "The delegation landed in Taipei on Tuesday.");
    it.called("place/TWN/taipei", &["Taipei"]);
}

#[test]
fn the_vatican_governs_and_the_pope_is_who_is_pope() {
    let it = read("2022-03-25", "The Vatican offered to mediate. Pope Francis spoke with both presidents.");
    it.called("government/VAT", &["The Vatican"]);
    assert_eq!(it.linked("person/francis").sectors, ["REL"]);
}

#[test]
fn the_union_has_a_president_of_its_commission() {
    let it = read(
        "2023-05-09",
        "European Commission President Ursula von der Leyen travelled to Kyiv. The EU will send ammunition, the commission president said.",
    );
    it.called(
        "person/ursula-von-der-leyen",
        &["European Commission President Ursula von der Leyen", "the commission president"],
    );
    assert_eq!(it.linked("organisation/EU").country.as_deref(), Some("IGO:EU"));
}

#[test]
fn brussels_warns_for_the_union_and_is_a_city() {
    let it =
        read("2023-05-09", "Josep Borrell met ministers in Brussels. Brussels warned Budapest over the law.");
    it.called("organisation/EU", &["Brussels"]);
    it.called("place/BEL/brussels", &["Brussels"]);
}

#[test]
fn who_was_president_is_so_no_more() {
    let it = read(
        "2022-08-30",
        "Former president Dmitry Medvedev praised the late Mikhail Gorbachev. Former U.S. President Donald Trump was silent.",
    );
    for link in ["person/dmitry-medvedev", "person/donald-trump"] {
        let offices = &it.linked(link).offices;
        assert!(offices.iter().any(|held| held.office == "head_of_state" && held.former), "{offices:?}");
    }
    assert!(it.words(it.named("Mikhail Gorbachev"))[0].contains("late"));
}

#[test]
fn the_late_premier_held_the_post_once() {
    let it = read(
        "2023-11-02",
        "The late Chinese premier Li Keqiang was mourned in Hefei. Li had served for ten years.",
    );
    it.called("person/li-keqiang", &["The late Chinese premier Li Keqiang", "Li"]);
}

#[test]
fn families_stand_first_in_chinese_korean_and_hungarian_names() {
    let it = read(
        "2016-02-17",
        "Chinese Foreign Minister Wang Yi met Julie Bishop in Beijing. Wang said China respects the law.",
    );
    it.called("person/wang-yi", &["Chinese Foreign Minister Wang Yi", "Wang"]);
    let it = read(
        "2018-04-27",
        "Moon Jae-in shook hands with Kim Jong Un at Panmunjom. Kim laughed, and Moon smiled.",
    );
    it.called("person/moon-jae-in", &["Moon Jae-in", "Moon"]);
    let it = read(
        "2023-07-07",
        "Hungarian Prime Minister Orbán Viktor spoke in Budapest. Orbán rejected the plan.",
    );
    it.called("person/viktor-orban", &["Hungarian Prime Minister Orbán Viktor", "Orbán"]);
}

#[test]
fn patronymics_do_not_hide_a_name() {
    let it = read(
        "2022-03-01",
        "Sergey Viktorovich Lavrov arrived in Geneva. Lavrov addressed the council by video.",
    );
    it.called("person/sergei-lavrov", &["Sergey Viktorovich Lavrov", "Lavrov"]);
    let it = read("2022-03-01", "Vladimir Vladimirovich Putin signed the decree.");
    assert!(it.has("person/vladimir-putin"));
}

#[test]
fn three_spellings_are_one_president() {
    let it = read(
        "2023-02-09",
        "Volodymyr Zelensky visited London. Zelenskyy met Rishi Sunak. Zelenskiy then flew to Paris.",
    );
    it.called("person/volodymyr-zelenskyy", &["Volodymyr Zelensky", "Zelenskyy", "Zelenskiy"]);
}

#[test]
fn a_headline_in_capitals_names_whom_the_text_names() {
    for (day, text, link) in [
        (
            "2022-02-24",
            "PUTIN ORDERS TROOPS INTO UKRAINE\n\nRussian President Vladimir Putin announced an operation on Thursday.",
            "person/vladimir-putin",
        ),
        (
            "2022-02-18",
            "BIDEN WARNS RUSSIA OVER UKRAINE\n\nU.S. President Joe Biden spoke at the White House.",
            "person/joe-biden",
        ),
    ] {
        let it = read(day, text);
        assert_eq!(it.linked(link).mentions.len(), 2, "{:?}", it.words(it.linked(link)));
        assert!(it.has("state/UKR"));
    }
}

#[test]
fn either_apostrophe_makes_a_possessor() {
    for mark in ["'", "’"] {
        let it = read(
            "2023-03-22",
            &format!(
                "Xi{mark}s visit to Moscow ended on Wednesday. Putin{mark}s aide Yuri Ushakov praised the talks."
            ),
        );
        it.called("person/xi-jinping", &["Xi"]);
        it.called("person/vladimir-putin", &["Putin"]);
        let aide = it.linked("person/yuri-ushakov");
        assert_eq!(aide.kind, EntityKind::Person);
    }
}

#[test]
fn a_city_lies_somewhere() {
    let it = read("2023-05-09", "Ministers met in Kyiv on Tuesday.");
    let spot = it.layer.spot(&it.linked("place/UKR/kyiv").id).unwrap();
    assert_eq!((spot.admin.as_deref(), spot.coordinates), (Some("UA.12"), (50.45, 30.52)));
}

#[test]
fn whoever_speaks_is_the_i_of_his_words() {
    let it = read(
        "2023-03-22",
        "Ada Brown came to Oslo on Monday. “I will stay until my work is done,” Brown said. The city welcomed her.",
    );
    let words = it.words(it.named("Ada Brown"));
    assert!(words.contains(&"I") && words.contains(&"my") && words.contains(&"her"), "{words:?}");
    assert_eq!(it.words(it.linked("place/NOR/oslo")), ["Oslo", "The city"]);
}

#[test]
fn a_post_is_nobody() {
    let it = read(
        "2005-03-22",
        "Ada Brown laid claim to the position of Emperor of the United States. She had no army.",
    );
    assert!(it.words(it.named("Ada Brown")).contains(&"She"));
}
