use std::fmt::Write as _;

use legation_record::{Record, Timex, TimexKind};

use crate::html::escape;

/// The article as TimeML 1.2.1 with TIMEX3 tags; `t0` is the publication date.
#[must_use]
pub fn timeml(record: &Record) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<TimeML>\n");
    if let Some(id) = &record.article.meta.id {
        let _ = writeln!(out, "<DOCID>{}</DOCID>", escape(id));
    }
    if let Some(date) = record.published.date {
        let _ = writeln!(
            out,
            "<DCT><TIMEX3 tid=\"t0\" type=\"DATE\" value=\"{date}\" temporalFunction=\"false\" \
             functionInDocument=\"CREATION_TIME\">{date}</TIMEX3></DCT>"
        );
    }
    let _ = writeln!(out, "<TEXT>{}</TEXT>\n</TimeML>", tagged(record));
    out
}

/// The text with its expressions in tags; one that begins inside another is left out.
fn tagged(record: &Record) -> String {
    let text = record.article.text.as_str();
    let mut out = String::new();
    let mut at = 0;
    for time in &record.times {
        let (Some(before), Some(words)) = (text.get(at..time.span.start), time.span.slice(text)) else {
            continue;
        };
        let _ = write!(out, "{}{}{}</TIMEX3>", escape(before), tag(time), escape(words));
        at = time.span.end;
    }
    out.push_str(&escape(text.get(at..).unwrap_or_default()));
    out
}

/// The TIMEX3 type.
pub(super) fn kind(kind: TimexKind) -> &'static str {
    match kind {
        TimexKind::Date => "DATE",
        TimexKind::Time => "TIME",
        TimexKind::Duration => "DURATION",
        TimexKind::Set => "SET",
    }
}

fn tag(time: &Timex) -> String {
    let kind = kind(time.kind);
    let mut tag =
        format!("<TIMEX3 tid=\"{}\" type=\"{kind}\" value=\"{}\"", escape(&time.id), escape(&time.value));
    let anchor = time.anchor.clone().filter(|anchor| is_id(anchor));
    let optional = [
        ("mod", &time.modifier),
        ("quant", &time.quant),
        ("freq", &time.freq),
        ("beginPoint", &time.begin_point),
        ("endPoint", &time.end_point),
        ("anchorTimeID", &anchor),
    ];
    for (name, value) in optional {
        value.iter().for_each(|value| tag.push_str(&format!(" {name}=\"{}\"", escape(value))));
    }
    tag.push('>');
    tag
}

/// Whether an anchor is the id of an expression and not an event in words.
fn is_id(anchor: &str) -> bool {
    anchor
        .strip_prefix('t')
        .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit()))
}
