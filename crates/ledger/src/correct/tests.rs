use legation_record::Status;

use super::{By, Change};
use crate::{
    Ledger,
    made::visit,
    query::{EventRow, Filter},
    scratch::Scratch,
};

const ANNA: (&str, &str) = ("Anna Berg", "person/anna-berg");
const NORWAY: (&str, &str) = ("Norway", "NOR");

fn by() -> By {
    By { who: "desk".into(), made: "2024-06-01".into(), note: String::new() }
}

fn story(test: &str) -> (Scratch, Ledger) {
    let scratch = Scratch::new(test);
    let mut ledger = scratch.ledger("l.sqlite");
    let all = [
        visit(("2024-05-16", "B"), ANNA, NORWAY, Status::Held, "2024-05-16"),
        visit(("2024-05-18", "C"), ANNA, NORWAY, Status::Held, "2024-05-17"),
        visit(
            ("2024-09-02", "A"),
            ("Ole Lund", "person/ole-lund"),
            ("Sweden", "SWE"),
            Status::Held,
            "2024-09-01",
        ),
    ];
    ledger.append(&all).unwrap();
    ledger.settle().unwrap();
    (scratch, ledger)
}

fn list(ledger: &Ledger) -> Vec<EventRow> {
    ledger.events(&Filter::default()).unwrap()
}

fn edits(texts: &[&str]) -> Vec<Change> {
    texts.iter().map(|text| Change::parse(text).unwrap()).collect()
}

/// Making everything anew gives what applying one decision gave.
fn same_when_settled(ledger: &mut Ledger) {
    let before = (ledger.digest().unwrap(), list(ledger));
    ledger.db.execute("DELETE FROM contradictions", []).unwrap();
    ledger.db.execute_batch("DELETE FROM signs; DELETE FROM event_life; DELETE FROM event_participants; DELETE FROM event_tellings; DELETE FROM events").unwrap();
    ledger.settle().unwrap();
    assert_eq!((ledger.digest().unwrap(), list(ledger)), before);
}

#[test]
fn what_is_rejected_is_in_no_answer_until_it_is_undone() {
    let (_scratch, mut ledger) = story("reject");
    let before = (ledger.digest().unwrap(), list(&ledger));
    let id = before.1[0].id.clone();
    ledger.reject(&id, &by()).unwrap();
    assert_eq!(list(&ledger).len(), 1);
    assert_eq!(
        ledger.events(&Filter { verdict: Some("rejected".into()), ..Filter::default() }).unwrap()[0].id,
        id
    );
    same_when_settled(&mut ledger);
    assert_eq!(ledger.undo(&id, &by()).unwrap().action, "reject");
    assert_eq!((ledger.digest().unwrap(), list(&ledger)), before);
    same_when_settled(&mut ledger);
    assert!(ledger.undo(&id, &by()).unwrap_err().to_string().contains("no decision"));
    let all: Vec<(String, bool)> =
        ledger.corrections().unwrap().into_iter().map(|one| (one.action, one.undone)).collect();
    assert_eq!(all, [("reject".to_owned(), true), ("undo".to_owned(), false)]);
}

#[test]
fn edits_are_replayed_over_what_articles_add() {
    let (_scratch, mut ledger) = story("edit");
    let id = list(&ledger)[0].id.clone();
    let changes = edits(&[
        "when=2024-05-15",
        "status=cancelled",
        "place=Oslo",
        "add=companion:Ole Lund",
        "drop=Norway",
    ]);
    assert_eq!(ledger.edit(&id, &changes, &by()).unwrap().len(), 5);
    let event = ledger.event(&id).unwrap();
    assert_eq!((event.edtf.as_deref(), event.status.as_str()), (Some("2024-05-15"), "cancelled"));
    assert_eq!(event.title, "visit: Anna Berg → Ole Lund");
    assert_eq!(event.participants[1].key.as_deref(), Some("person/ole-lund"));
    assert_eq!(event.corrected, ["add", "drop", "place", "status", "when"]);
    same_when_settled(&mut ledger);
    ledger.append(&[visit(("2024-05-10", "D"), ANNA, NORWAY, Status::Planned, "2024-05-16")]).unwrap();
    ledger.settle().unwrap();
    let event = ledger.event(&id).unwrap();
    assert_eq!(
        (event.articles, event.status.as_str(), event.edtf.as_deref()),
        (3, "cancelled", Some("2024-05-15"))
    );
    assert_ne!(event.id, id, "an earlier article gives the event its id, and the old id leads there");
    (0..5).for_each(|_| drop(ledger.undo(&id, &by()).unwrap()));
    assert_eq!(ledger.event(&id).unwrap().status, "held");
    same_when_settled(&mut ledger);
}

#[test]
fn a_telling_is_rejected_without_its_event_and_splits_are_undone() {
    let (_scratch, mut ledger) = story("reject-telling");
    let before = list(&ledger);
    let telling = before[0].tellings[1].telling.clone();
    ledger.reject(&telling, &by()).unwrap();
    assert_eq!(list(&ledger)[0].articles, 1);
    assert_eq!(ledger.event(&telling).unwrap().verdict.as_deref(), Some("rejected"));
    assert_eq!(ledger.undo(&telling, &by()).unwrap().action, "reject");
    assert_eq!(ledger.undo(&telling, &by()).unwrap().action, "split");
    assert_eq!(list(&ledger), before);
    let other = before[1].id.clone();
    ledger.join(&before[0].id, &other, &by()).unwrap();
    assert_eq!(list(&ledger).len(), 1);
    ledger.undo(&other, &by()).unwrap();
    assert_eq!(list(&ledger), before);
}

#[test]
fn decisions_cannot_be_changed() {
    let (_scratch, mut ledger) = story("append-only");
    let id = list(&ledger)[0].id.clone();
    ledger.accept(&id, &by()).unwrap();
    assert!(ledger.db.execute("UPDATE corrections SET who = 'other'", []).is_err());
    assert!(ledger.db.execute("DELETE FROM corrections", []).is_err());
    assert_eq!(ledger.event(&id).unwrap().verdict.as_deref(), Some("accepted"));
}
