use legation_record::{Record, Status};

use crate::{
    Ledger,
    correct::By,
    made::{entity, event, record, visit},
    scratch::Scratch,
};

const ANNA: (&str, &str) = ("Anna Berg", "person/anna-berg");
const NORWAY: (&str, &str) = ("Norway", "NOR");

fn story(records: &[Record], test: &str) -> (Scratch, Ledger) {
    let scratch = Scratch::new(test);
    let mut ledger = scratch.ledger("l.sqlite");
    ledger.append(records).unwrap();
    ledger.settle().unwrap();
    (scratch, ledger)
}

fn rows(ledger: &Ledger, sql: &str) -> Vec<String> {
    let mut query = ledger.db.prepare(sql).unwrap();
    let columns = query.column_count();
    let text = |row: &rusqlite::Row<'_>, at| match row.get::<_, rusqlite::types::Value>(at) {
        Ok(rusqlite::types::Value::Text(text)) => text,
        Ok(rusqlite::types::Value::Integer(number)) => number.to_string(),
        other => format!("{other:?}"),
    };
    let rows =
        query.query_map([], |row| Ok((0..columns).map(|at| text(row, at)).collect::<Vec<_>>().join(" ")));
    rows.unwrap().map(Result::unwrap).collect()
}

fn by() -> By {
    By { who: "desk".into(), made: "2024-06-01".into(), note: "checked by telephone".into() }
}

fn three() -> Vec<Record> {
    vec![
        visit(("2024-04-20", "A"), ANNA, NORWAY, Status::Planned, "2024-05-01/2024-05-31"),
        visit(("2024-05-16", "B"), ANNA, NORWAY, Status::Held, "2024-05-16"),
        visit(("2024-05-18", "C"), ANNA, NORWAY, Status::Held, "2024-05-17"),
        visit(("2024-09-02", "A"), ANNA, NORWAY, Status::Held, "2024-09-01"),
    ]
}

#[test]
fn tellings_of_one_visit_are_one_event_with_a_life() {
    let (_scratch, ledger) = story(&three(), "one-visit");
    let events =
        rows(&ledger, "SELECT title, status, earliest, tellings, independent FROM events ORDER BY earliest");
    assert_eq!(
        events,
        ["visit: Anna Berg → Norway held 2024-05-16 3 3", "visit: Anna Berg → Norway held 2024-09-01 1 1"]
    );
    let life = rows(
        &ledger,
        "SELECT published, l.status FROM event_life l JOIN events e ON e.id = event WHERE tellings = 3 ORDER BY position",
    );
    assert_eq!(life, ["2024-04-20 planned", "2024-05-16 held"]);
    let reasons = rows(&ledger, "SELECT DISTINCT reason FROM event_tellings ORDER BY reason");
    assert!(
        reasons
            .iter()
            .any(|why| why == "the same traveller and country; the next one after the announcement")
    );
    assert!(rows(&ledger, "PRAGMA foreign_key_check").is_empty());
}

#[test]
fn the_order_of_arrival_leaves_no_trace() {
    let all = "SELECT e.id, e.title, e.status, e.digest, e.earliest, e.dates, t.* FROM events e JOIN event_tellings t ON t.event = e.id ORDER BY t.telling";
    let (_scratch, ledger) = story(&three(), "order-forth");
    let forth = rows(&ledger, all);
    let scratch = Scratch::new("order-back");
    let mut back = scratch.ledger("l.sqlite");
    for record in three().into_iter().rev() {
        back.append(&[record]).unwrap();
        back.settle().unwrap();
    }
    assert_eq!(rows(&back, all), forth);
}

#[test]
fn what_a_person_splits_stays_split() {
    let (_scratch, mut ledger) = story(&three(), "split");
    let late = rows(&ledger, "SELECT t.id FROM tellings t WHERE earliest = '2024-05-17'").remove(0);
    ledger.split(&late, &by()).unwrap();
    assert_eq!(rows(&ledger, "SELECT count(*) FROM events"), ["3"]);
    ledger.append(&[visit(("2024-05-19", "D"), ANNA, NORWAY, Status::Held, "2024-05-16")]).unwrap();
    ledger.settle().unwrap();
    assert_eq!(rows(&ledger, "SELECT count(*) FROM events"), ["3"]);
    let first = rows(&ledger, "SELECT t.id FROM tellings t WHERE earliest = '2024-05-16' LIMIT 1").remove(0);
    ledger.join(&late, &first, &by()).unwrap();
    assert_eq!(rows(&ledger, "SELECT count(*) FROM events"), ["2"]);
    assert!(ledger.split("t0", &by()).unwrap_err().to_string().contains("no event or telling"));
}

#[test]
fn a_telling_that_could_be_of_two_events_is_of_none() {
    let mut all = three();
    all.push(visit(("2024-12-30", "B"), ANNA, NORWAY, Status::Held, "2024-01-01/2024-12-31"));
    let (_scratch, ledger) = story(&all, "ambiguous");
    assert_eq!(rows(&ledger, "SELECT tellings FROM events ORDER BY 1"), ["1", "1", "3"]);
}

#[test]
fn encounters_are_one_where_two_of_the_same_meet() {
    let meeting = |kind: &str, published: &str, names: &[(&str, &str)]| {
        let listed: Vec<&str> = names.iter().map(|(name, _)| *name).collect();
        let text = format!("{} meet, {kind} of {published}", listed.join(" and "));
        let mut record = record(&text, published, published);
        let ids: Vec<String> =
            names.iter().map(|(name, link)| entity(&mut record, name, link, "AAA")).collect();
        let roles: Vec<(&str, &str)> = ids.iter().map(|id| ("party", id.as_str())).collect();
        event(&mut record, kind, "meet", Status::Held, published, &roles);
        record
    };
    let ole = ("Ole Lund", "person/ole-lund");
    let eva = ("Eva Dahl", "person/eva-dahl");
    let all = [
        meeting("meeting", "2024-05-16", &[ANNA, ole]),
        meeting("talks", "2024-05-17", &[ole, ANNA]),
        meeting("meeting", "2024-05-17", &[ole, eva]),
        meeting("call", "2024-05-17", &[ole, ANNA]),
    ];
    let (_scratch, ledger) = story(&all, "encounter");
    assert_eq!(
        rows(&ledger, "SELECT kind, tellings FROM events ORDER BY 1, 2"),
        ["call 1", "meeting 1", "meeting 2"]
    );
}

#[test]
fn a_visit_held_and_denied_is_a_contradiction_with_both_sides() {
    let mut all = three();
    all.push(visit(("2024-05-20", "D"), ANNA, NORWAY, Status::Denied, "2024-05-16"));
    let (_scratch, ledger) = story(&all, "contradiction");
    let found = rows(&ledger, "SELECT field, one_value, other_value FROM contradictions");
    assert_eq!(found, ["status held denied"]);
}

/// One country does something to another.
fn act(kind: &str, published: &str, status: Status, when: &str, roles: [&str; 2]) -> Record {
    let text = format!("Aland {kind} Borea, reported on {published} ({when})");
    let mut record = record(&text, published, published);
    let one = entity(&mut record, "Aland", "state/AAA", "AAA");
    let other = entity(&mut record, "Borea", "state/BBB", "BBB");
    event(&mut record, kind, kind, status, when, &[(roles[0], &one), (roles[1], &other)]);
    record
}

#[test]
fn an_act_at_home_is_the_same_where_it_comes_to_the_same_person() {
    let elected = |published: &str, whom: &str, key: &str| {
        let text = format!("Aland elects {whom}, {published}");
        let mut record = record(&text, published, published);
        let one = entity(&mut record, "Aland", "state/AAA", "AAA");
        let other = entity(&mut record, whom, key, "AAA");
        let parties: [(&str, &str); 2] = [("appointer", &one), ("appointed", &other)];
        event(&mut record, "appointment", "elects", Status::Held, published, &parties);
        record
    };
    let all = [
        elected("2003-04-21", "Anna Berg", "person/anna-berg"),
        elected("2003-04-22", "Anna Berg", "person/anna-berg"),
        elected("2003-04-22", "Olof Dahl", "person/olof-dahl"),
    ];
    let (_scratch, ledger) = story(&all, "elected");
    assert_eq!(rows(&ledger, "SELECT tellings FROM events ORDER BY tellings"), ["1", "2"]);
}

#[test]
fn an_invasion_is_the_same_as_long_as_it_goes_on() {
    let invasion = |published: &str, status: Status, when: &str| {
        act("invasion", published, status, when, ["attacker", "target"])
    };
    let all = [
        invasion("2022-02-11", Status::Possible, ""),
        invasion("2022-02-24", Status::Held, "2022-02-24"),
        invasion("2022-03-05", Status::Held, "2022-03-05"),
        invasion("2024-12-27", Status::Held, ""),
        act("attack", "2022-02-24", Status::Held, "2022-02-24", ["attacker", "target"]),
    ];
    let (_scratch, ledger) = story(&all, "course");
    assert_eq!(
        rows(&ledger, "SELECT kind, status, tellings FROM events ORDER BY 1, 2"),
        ["attack held 1", "invasion held 4"]
    );
}

#[test]
fn articles_that_do_not_say_when_mean_the_same_where_they_come_soon_after_one_another() {
    let undated = |published: &str| visit((published, published), ANNA, NORWAY, Status::Held, "");
    let all = [undated("2024-05-02"), undated("2024-05-09"), undated("2024-11-20")];
    let (_scratch, ledger) = story(&all, "vague");
    assert_eq!(rows(&ledger, "SELECT tellings FROM events ORDER BY 1"), ["1", "2"]);
}

#[test]
fn what_is_announced_for_another_age_is_announced_without_a_day() {
    let all = [
        visit(("2013-05-13", "A"), ANNA, NORWAY, Status::Planned, "2063-01-01/2063-12-31"),
        visit(("2013-05-20", "B"), ANNA, NORWAY, Status::Held, "2013-05-20"),
    ];
    let (_scratch, ledger) = story(&all, "age");
    assert_eq!(rows(&ledger, "SELECT status, tellings FROM events"), ["held 2"]);
}

#[test]
fn whoever_signs_with_somebody_unnamed_agrees_with_them_too() {
    let mut one = record("Aland signs a pact with Anna Berg", "2024-05-16", "A");
    let state = entity(&mut one, "Aland", "state/AAA", "AAA");
    let anna = entity(&mut one, ANNA.0, ANNA.1, "BBB");
    event(
        &mut one,
        "agreement",
        "signs a pact",
        Status::Held,
        "2024-05-16",
        &[("party", &state), ("party", &anna)],
    );
    event(&mut one, "signing", "signs a pact", Status::Held, "2024-05-16", &[("party", &anna)]);
    let (_scratch, ledger) = story(&[one], "twins");
    assert_eq!(rows(&ledger, "SELECT tellings FROM events"), ["2"]);
}
