use legation_knowledge::Files;
use legation_record::Article;
use legation_text::Parse;

use super::{TimeLayer, TimeReader, timeml};

fn reader() -> TimeReader {
    TimeReader::load(&Files::built_in()).unwrap_or_else(|error| panic!("{error}"))
}

fn read(reader: &TimeReader, published: &str, text: &str) -> TimeLayer {
    let article = Article::new(text);
    let article = published.parse().map_or(article.clone(), |day| article.published(day));
    reader.read(&article, &Parse::default())
}

#[test]
fn every_rule_keeps_its_examples() {
    let broken = reader().broken_examples();
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn a_rule_without_examples_does_not_load() {
    let mut files = Files::built_in();
    files.insert("rules/time/en/99-own.rule", "rule own\nmatch never\nvalue PAST_REF\n");
    let error = TimeReader::load(&files).map(|_| ()).unwrap_err();
    assert_eq!((error.file.as_str(), error.line), ("rules/time/en/99-own.rule", 1));
    let rule = "rule own\nmatch never\nvalue shift(u:day n:$q by:-1)\nfires - x [never] = y\nsilent - x\n";
    files.insert("rules/time/en/99-own.rule", rule);
    let error = TimeReader::load(&files).map(|_| ()).unwrap_err();
    assert!(error.message.contains("$q"), "{error}");
    files.insert("rules/time/en/99-own.rule", "rule own\nmatch ( never\n");
    assert_eq!(TimeReader::load(&files).map(|_| ()).unwrap_err().line, 2);
}

#[test]
fn the_rules_of_the_page_keep_their_examples() {
    let page = include_str!("../../../../docs/time-rules.md");
    let rules: Vec<&str> =
        page.split("```rule\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    assert!(!rules.is_empty());
    let mut files = Files::built_in();
    files.insert("rules/time/en/99-page.rule", rules.concat());
    let reader = TimeReader::load(&files).unwrap_or_else(|error| panic!("{error}"));
    let broken = reader.broken_examples();
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn planned_days_lie_ahead() {
    let reader = reader();
    let value = |text: &str| read(&reader, "2024-12-27", text).times[0].value.clone();
    assert_eq!(value("The group could leave as soon as Monday, he said."), "2024-12-30");
    assert_eq!(value("They were given until Monday to answer."), "2024-12-30");
    assert_eq!(value("They met on Monday, soon after the vote."), "2024-12-23");
}

#[test]
fn hostile_text_makes_no_nonsense() {
    let reader = reader();
    for text in [
        "Feb. 30, 2024",
        "at 25:61 on May 99",
        "year 0",
        "0000-00-00",
        "99999999999999 years ago",
        "in 9999",
        "\u{0}May\u{301} 3",
    ] {
        for time in read(&reader, "2024-12-27", text).times {
            assert!(
                time.interval.is_none_or(|it| it.earliest.is_none()
                    || it.latest.is_none()
                    || it.earliest <= it.latest),
                "{time:?}"
            );
            assert!(!time.value.starts_with("2024-02-30") && !time.value.contains("T25"), "{time:?}");
        }
    }
}

#[test]
fn a_megabyte_of_months_is_linear() {
    let reader = reader();
    let text = "May 1 2024 two years ago, March-June 99:99 ".repeat(6_000) + &"7".repeat(200_000);
    assert!(read(&reader, "2024-12-27", &text).times.len() > 10_000);
}

#[test]
fn the_year_of_publication_is_reasoned_or_left_open() {
    let reader = reader();
    let text =
        "The leader will travel next year, the envoy said on Dec. 27. He visited the country in May 2024.";
    let layer = read(&reader, "", text);
    assert_eq!(layer.published.date.map(|day| day.to_string()).as_deref(), Some("2024-12-27"));
    assert!(layer.published.inferred && layer.published.candidates[0].evidence.spans.len() == 2);
    assert_eq!(layer.times[0].value, "2025");
    let open = read(&reader, "", "The leader will travel next year, the envoy said on Dec. 27.");
    assert_eq!(open.published.date, None);
    assert_eq!((open.times[0].value.as_str(), open.times[1].value.as_str()), ("FUTURE_REF", "XXXX-12-27"));
}

#[test]
fn prepositions_open_intervals() {
    let reader = reader();
    let days = |text: &str| read(&reader, "2024-12-27", text).times[0].edtf.clone().unwrap_or_default();
    assert_eq!(days("Since February 2022, he has gone twice."), "2022-02-01/2024-12-27");
    assert_eq!(days("It must be done by June 2025."), "2024-12-27/2025-06-30");
    assert_eq!(days("It ended before March 2023."), "../2023-02-28");
    assert_eq!(days("They met from March to June 2023."), "2023-03-01/2023-06-30");
    assert_eq!(
        days("He left just days before he launched the full-scale invasion of Ukraine."),
        "2022-02-04/2022-02-23"
    );
}

#[test]
fn timeml_keeps_the_text() {
    let reader = reader();
    let article = Article::new("He said <no> on Dec. 27, 2024.");
    let layer = reader.read(&article, &Parse::default());
    let xml = timeml(&article, &layer);
    assert!(xml.contains("&lt;no&gt; on <TIMEX3 tid=\"t1\" type=\"DATE\" value=\"2024-12-27\""), "{xml}");
}

#[test]
fn ranges_earlier_later_and_minutes_are_intervals() {
    let reader = reader();
    let days = |text: &str| read(&reader, "2024-12-18", text).times[0].edtf.clone().unwrap_or_default();
    assert_eq!(days("They met between March 2022 and April 2023."), "2022-03-01/2023-04-30");
    assert_eq!(days("Between 3 and 5 October 2024 they met."), "2024-10-03/2024-10-05");
    assert_eq!(days("It was announced earlier this month."), "2024-12-01/2024-12-18");
    assert_eq!(days("They will meet later this month."), "2024-12-18/2024-12-31");
    assert_eq!(days("It was announced in early 2024."), "2024-01-01/2024-05-01");
    assert_eq!(days("He called at 9 p.m. Moscow time on Monday."), "2024-12-16T21:00:00+03:00");
    assert_eq!(days("He called at 9 p.m. on Monday."), "2024-12-16T21:00:00");
}

#[test]
fn what_is_dated_next_is_counted_from() {
    let reader = reader();
    let first = |text: &str| read(&reader, "2024-12-27", text).times[0].clone();
    let time = first("Three days after the attack of 7 October, they met.");
    assert_eq!((time.value.as_str(), time.anchor.as_deref()), ("2024-10-10", Some("7 October")));
    assert_eq!(first("Two days before Christmas he left.").value, "2024-12-23");
    assert_eq!(first("Two days after he resigned, an October 7 attack came.").value, "P2D");
}

#[test]
fn a_programme_is_no_time() {
    let reader = reader();
    let times = |text: &str| read(&reader, "2024-12-27", text).times.len();
    assert_eq!(times("He spoke on \"This Week\" and “60 Minutes” of it."), 0);
    assert_eq!(times("\"This week he spoke,\" she said."), 1);
}

#[test]
fn a_second_language_is_a_second_folder() {
    let mut files = Files::built_in();
    files.insert("rules/time/de/words.tsv", "list\twords\tvalue\nmonth-de\tMärz\t3\nmonth-de\tMai\t5\n");
    files.insert(
        "rules/time/de/10-dates.rule",
        "rule de-day-month\nmatch #1-31:d ~? . <month-de:m> #1000-2100:y\nvalue date(m:$m d:$d y:$y)\nrank 3\n\
         fires 2024-12-27 Er kam am [16. März 2023] an. = 2023-03-16\nsilent 2024-12-27 Er kam im März an.\n",
    );
    let reader = TimeReader::load(&files).unwrap_or_else(|error| panic!("{error}"));
    assert!(reader.broken_examples().is_empty(), "{:?}", reader.broken_examples());
    assert_eq!(read(&reader, "2024-12-27", "Am 5. Mai 2022 ging er.").times[0].value, "2022-05-05");
}

#[test]
fn an_impossible_day_is_no_other_day() {
    let reader = reader();
    let values = |text: &str| {
        let times = read(&reader, "2024-12-27", text).times;
        times.iter().map(|time| time.value.clone()).collect::<Vec<_>>()
    };
    assert_eq!(values("He died on Feb. 30, 2024."), ["2024"]);
    assert_eq!(values("He died on Feb. 29, 2023."), ["2023"]);
    assert_eq!(values("He died on Feb. 29, 2024."), ["2024-02-29"]);
    assert!(values("He came at 25:61 on 99 May 9999 in the year 0.").is_empty());
}

#[test]
fn sets_say_how_often_and_lengths_where_they_end() {
    let reader = reader();
    let first = |text: &str| read(&reader, "2024-12-27", text).times[0].clone();
    let twice = first("They meet twice a week.");
    assert_eq!((twice.value.as_str(), twice.freq.as_deref()), ("P1W", Some("2X")));
    assert_eq!(first("They meet every other Friday.").quant.as_deref(), Some("EVERY_OTHER"));
    let past = first("In the past three weeks he fell ill.");
    assert_eq!((past.begin_point, past.end_point.as_deref()), (None, Some("t0")));
    let coming = first("In the next three weeks he will rest.");
    assert_eq!((coming.begin_point.as_deref(), coming.end_point), (Some("t0"), None));
}
