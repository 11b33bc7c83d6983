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

/// What is wrong with a knowledge file: line, column, what, and what to write instead.
fn fault(file: &str, text: &str) -> (usize, usize, String, String) {
    let mut files = Files::built_in();
    files.insert(file, text);
    let fault = Gazetteer::load(&files).expect_err("it is faulty");
    assert_eq!(fault.file, file);
    (fault.line, fault.column, fault.message, fault.help.expect("it says what to write"))
}

const PEOPLE: &str = "id\tname\taliases\tgender\tcountry\toffice\tto\tfrom\tuntil\tsource\n";

#[test]
fn a_wrong_column_is_named_with_the_right_ones() {
    let (line, column, what, help) = fault("gazetteer/metonyms.tsv", "name\tcountry\n");
    assert_eq!((line, column), (1, 1));
    assert!(what.contains("header") && help.contains("name country sectors article note"), "{what} {help}");
    let (line, column, what, help) = fault("gazetteer/people.tsv", &format!("{PEOPLE}a\tA B\t\t\tFRA\n"));
    assert_eq!((line, column), (2, 12));
    assert!(what.contains("5 cells where 10") && help.contains("until"), "{what} {help}");
}

#[test]
fn an_unknown_code_is_named_with_its_cell() {
    let row = "a\tA B\t\t\tQQQ\thead_of_state\t\t2001-01-01\t\thand\n";
    let (line, column, what, help) = fault("gazetteer/people.tsv", &format!("{PEOPLE}{row}"));
    assert_eq!((line, column), (2, 9));
    assert!(what.contains("QQQ") && help.contains("alpha-3"), "{what} {help}");
    let row = "a\tA B\t\t\tFRA\tking_of_kings\t\t2001-01-01\t\thand\n";
    let (line, column, what, help) = fault("gazetteer/people.tsv", &format!("{PEOPLE}{row}"));
    assert_eq!((line, column), (2, 13));
    assert!(what.contains("king_of_kings") && help.contains("offices.tsv"), "{what} {help}");
}

#[test]
fn two_holders_of_one_office_at_once_are_named() {
    let two = "a\tA B\t\t\tFRA\thead_of_state\t\t2001-01-01\t\thand\n\
               b\tC D\t\t\tFRA\thead_of_state\t\t2002-01-01\t\thand\n";
    let (line, column, what, help) = fault("gazetteer/people.tsv", &format!("{PEOPLE}{two}"));
    assert_eq!((line, column), (3, 28));
    assert!(what.contains("two hold the office") && help.contains("end that tenure"), "{what} {help}");
}

#[test]
fn a_name_that_stands_twice_is_named() {
    let states = Files::built_in().text("gazetteer/states.tsv").unwrap().to_owned();
    let lines = states.lines().count();
    let again = states.lines().find(|line| line.starts_with("FRA\t")).unwrap();
    let (line, column, what, help) = fault("gazetteer/states.tsv", &format!("{states}{again}\n"));
    assert_eq!((line, column), (lines + 1, 1));
    assert!(what.contains("FRA") && help.contains("one row"), "{what} {help}");
    let renamed = again.replacen("FRA", "QQQ", 1);
    let (line, column, what, help) = fault("gazetteer/states.tsv", &format!("{states}{renamed}\n"));
    assert_eq!((line, column), (lines + 1, 8));
    assert!(what.contains("France") && help.contains("apart"), "{what} {help}");
}
