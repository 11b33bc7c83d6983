//! The built-in gazetteer is sound and knows what an article needs.

use legation_knowledge::{Files, Gazetteer, Sense};
use legation_record::Date;

fn built_in() -> Gazetteer {
    Gazetteer::load(&Files::built_in()).expect("the built-in gazetteer loads")
}

fn first(gazetteer: &Gazetteer, name: &str, date: &str) -> (String, String, String) {
    let date: Option<Date> = date.parse().ok();
    let all = gazetteer.explain(name, date);
    let one = all.first().unwrap_or_else(|| panic!("{name} is unknown"));
    (one.id.clone(), one.country.clone().unwrap_or_default(), one.sectors.join(" "))
}

#[test]
fn names_lead_to_states_in_every_spelling() {
    let gazetteer = built_in();
    for (name, code) in [
        ("the People's Republic of China", "CHN"),
        ("U.S.", "USA"),
        ("Türkiye", "TUR"),
        ("Turkey", "TUR"),
        ("Holy See", "VAT"),
        ("Kosovo", "XKX"),
        ("North Korea", "PRK"),
        ("DRC", "COD"),
        ("Congo-Brazzaville", "COG"),
        ("Côte d’Ivoire", "CIV"),
        ("UKRAINE", "UKR"),
        ("Burma", "MMR"),
    ] {
        assert_eq!(first(&gazetteer, name, "").1, code, "{name}");
    }
}

#[test]
fn holders_of_offices_go_by_the_day() {
    let gazetteer = built_in();
    assert_eq!(first(&gazetteer, "Angela Merkel", "2017-04-01").2, "GOV");
    assert_eq!(first(&gazetteer, "Angela Merkel", "2022-01-10").2, "ELI");
    assert_eq!(first(&gazetteer, "Volodymyr Zelensky", "2024-01-01").0, "person/volodymyr-zelenskyy");
    assert_eq!(first(&gazetteer, "Taliban", "2002-05-01").2, "REB");
    assert_eq!(first(&gazetteer, "Taliban", "2022-05-01").2, "GOV REB");
}

#[test]
fn a_state_and_an_american_state_share_a_name() {
    let gazetteer = built_in();
    let senses = gazetteer.senses("Georgia");
    assert!(
        senses.iter().any(|sense| matches!(sense, Sense::State(_)))
            && senses.iter().any(|sense| matches!(sense, Sense::Region(_)))
    );
}

#[test]
fn faults_name_line_and_column() {
    let fault = |file: &str, text: &str| {
        let mut files = Files::built_in();
        files.insert(file, text);
        Gazetteer::load(&files).expect_err("it is faulty")
    };
    let people = "id\tname\taliases\tgender\tcountry\toffice\tto\tfrom\tuntil\tsource\n";
    let unknown = fault(
        "gazetteer/people.tsv",
        &format!("{people}a\tA B\t\t\tQQQ\thead_of_state\t\t2001-01-01\t\thand\n"),
    );
    assert_eq!((unknown.line, unknown.column, unknown.help.is_some()), (2, 9, true));
    let two = "a\tA B\t\t\tFRA\thead_of_state\t\t2001-01-01\t\thand\nb\tC D\t\t\tFRA\thead_of_state\t\t2002-01-01\t\thand\n";
    assert!(fault("gazetteer/people.tsv", &format!("{people}{two}")).message.contains("two hold the office"));
    assert_eq!(fault("gazetteer/metonyms.tsv", "name\tcountry\n").line, 1);
}
