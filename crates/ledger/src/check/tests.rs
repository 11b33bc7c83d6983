use legation_record::{Claim, ClaimKind, Comparison, Evidence, Record, Span, Status};

use crate::{
    Ledger,
    check::Answer,
    made::{days, entity, event, record, visit},
    scratch::Scratch,
};

const ANNA: (&str, &str) = ("Anna Berg", "person/anna-berg");
const NORWAY: (&str, &str) = ("Norway", "NOR");

fn ledger(test: &str) -> (Scratch, Ledger) {
    let scratch = Scratch::new(test);
    let mut ledger = scratch.ledger("l.sqlite");
    let all = [
        visit(("2023-03-20", "A"), ANNA, NORWAY, Status::Held, "2023-03-20"),
        visit(("2023-10-17", "A"), ANNA, NORWAY, Status::Held, "2023-10-17"),
        visit(("2024-05-16", "B"), ANNA, NORWAY, Status::Held, "2024-05-16"),
        visit(("2024-05-20", "B"), ANNA, ("Sweden", "SWE"), Status::Held, "2024-05-20"),
    ];
    ledger.append(&all).unwrap();
    ledger.settle().unwrap();
    (scratch, ledger)
}

/// An article of December 2024 that tells of visits on these days, and claims something of them.
fn article(kind: ClaimKind, value: Option<u32>, over: &str, told: &[&str]) -> Record {
    let text = format!("Anna Berg has visited Norway, {value:?} {over} {}.", told.join(" and "));
    let mut record = record(&text, "2024-12-27", "C");
    let visitor = entity(&mut record, ANNA.0, ANNA.1, "AAA");
    let host = entity(&mut record, NORWAY.0, "state/NOR", NORWAY.1);
    for when in told {
        let roles = [("visitor", visitor.as_str()), ("host", host.as_str())];
        event(&mut record, "visit", "visited", Status::Held, when, &roles);
    }
    record.claims.push(Claim {
        id: "c1".into(),
        kind,
        about: "visits by Anna Berg to NOR".into(),
        event_kind: "visit".into(),
        actors: vec![visitor],
        recipients: vec!["NOR".into()],
        value,
        comparison: Comparison::default(),
        over: (!over.is_empty()).then(|| days(over)),
        events: record.events.iter().map(|event| event.id.clone()).collect(),
        evidence: Evidence::new(Span::new(0, 9), "hand"),
    });
    record
}

fn answer(ledger: &Ledger, record: &Record, id: &str) -> (Answer, Vec<String>) {
    let verdict = ledger.check(record).unwrap().into_iter().find(|verdict| verdict.id == id).unwrap();
    let left_out = verdict.left_out.iter().map(|event| event.earliest.clone().unwrap_or_default());
    (verdict.answer, left_out.collect())
}

#[test]
fn a_count_that_leaves_one_out_is_contradicted() {
    let (_scratch, ledger) = ledger("count");
    let told = ["2023-03-01/2023-03-31", "2024-05-01/2024-05-31"];
    let twice = article(ClaimKind::Count, Some(2), "2023-01-01/2024-12-27", &told);
    assert_eq!(answer(&ledger, &twice, "c1"), (Answer::Contradicted, vec!["2023-10-17".to_owned()]));
    assert_eq!(answer(&ledger, &twice, "v1").0, Answer::Supported);
    assert_eq!(answer(&ledger, &twice, "v2").0, Answer::Supported);

    let since_2024 = article(ClaimKind::Count, Some(1), "2024-01-01/2024-12-27", &told[1..]);
    assert_eq!(answer(&ledger, &since_2024, "c1"), (Answer::Supported, Vec::new()));
    let more = article(ClaimKind::Count, Some(5), "2023-01-01/2024-12-27", &[""]);
    assert_eq!(answer(&ledger, &more, "c1").0, Answer::NotKnown);
}

/// A claim of a number that is meant as more, less or none.
fn meant(comparison: Comparison, value: u32) -> Record {
    let mut record = article(ClaimKind::Count, Some(value), "2023-01-01/2024-12-27", &[""]);
    record.claims[0].comparison = comparison;
    record
}

#[test]
fn a_number_is_held_against_the_ledger_as_it_is_meant() {
    let (_scratch, ledger) = ledger("meant");
    let judged = |comparison, value| answer(&ledger, &meant(comparison, value), "c1").0;
    assert_eq!(judged(Comparison::AtLeast, 3), Answer::Supported);
    assert_eq!(judged(Comparison::MoreThan, 3), Answer::NotKnown);
    assert_eq!(judged(Comparison::MoreThan, 2), Answer::Supported);
    assert_eq!(judged(Comparison::LessThan, 3), Answer::Contradicted);
    assert_eq!(judged(Comparison::About, 3), Answer::Supported);
    assert_eq!(judged(Comparison::Exactly, 0), Answer::Contradicted);
}

#[test]
fn firsts_and_lasts_are_held_against_what_came_before_and_after() {
    let (_scratch, ledger) = ledger("order");
    let first = article(ClaimKind::First, None, "2023-06-01/2024-12-27", &["2024-05-16"]);
    assert_eq!(answer(&ledger, &first, "c1"), (Answer::Contradicted, vec!["2023-10-17".to_owned()]));
    let first = article(ClaimKind::First, None, "2024-01-01/2024-12-27", &["2024-05-16"]);
    assert_eq!(answer(&ledger, &first, "c1").0, Answer::NotKnown);
    let since_when = article(ClaimKind::First, None, "", &["2024-05-16"]);
    assert_eq!(answer(&ledger, &since_when, "c1"), (Answer::NotKnown, Vec::new()));
    let last = article(ClaimKind::Last, None, "", &["2023-10-17"]);
    assert_eq!(answer(&ledger, &last, "c1"), (Answer::Contradicted, vec!["2024-05-16".to_owned()]));
    let last = article(ClaimKind::Last, None, "", &["2024-05-01/2024-05-31"]);
    assert_eq!(answer(&ledger, &last, "c1").0, Answer::Supported);
}

#[test]
fn a_date_is_contradicted_by_the_only_one_nearby() {
    let (_scratch, ledger) = ledger("date");
    let off = article(ClaimKind::Last, None, "", &["2023-11-02"]);
    assert_eq!(answer(&ledger, &off, "v1").0, Answer::Contradicted);
    let unheard = article(ClaimKind::Last, None, "", &["2022-02-04"]);
    assert_eq!(answer(&ledger, &unheard, "v1").0, Answer::NotKnown);
}

#[test]
fn an_article_does_not_support_itself() {
    let (_scratch, mut ledger) = ledger("itself");
    let own = article(ClaimKind::Last, None, "", &["2022-02-04"]);
    ledger.append(std::slice::from_ref(&own)).unwrap();
    ledger.settle().unwrap();
    assert_eq!(answer(&ledger, &own, "v1").0, Answer::NotKnown);
}

/// "her first foreign trip this year": a claim without a host is held against journeys to every country.
#[test]
fn a_first_of_all_countries_is_held_against_all() {
    let (_scratch, ledger) = ledger("anywhere");
    let told = ["2024-06-01/2024-06-02"];
    let first = article(ClaimKind::First, None, "2024-05-18/2024-12-27", &told);
    assert_eq!(answer(&ledger, &first, "c1").0, Answer::NotKnown);
    let mut foreign = first;
    foreign.claims[0].recipients.clear();
    assert_eq!(answer(&ledger, &foreign, "c1"), (Answer::Contradicted, vec!["2024-05-20".to_owned()]));
}
