use legation_record::{Article, Timex, TimexKind};

use super::TimeLayer;

/// The article as TimeML: the publication date as `t0`, each expression in a `TIMEX3` of its own.
///
/// Markup characters of the text are escaped; nothing else is changed.
#[must_use]
pub fn timeml(article: &Article, times: &TimeLayer) -> String {
    let published = times.published.date.map_or_else(|| "XXXX-XX-XX".to_owned(), |day| day.to_string());
    let id = escaped(article.meta.id.as_deref().unwrap_or("article"));
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<TimeML>\n<DOCID>{id}</DOCID>\n<DCT><TIMEX3 tid=\"t0\" type=\"DATE\" \
         value=\"{published}\" temporalFunction=\"false\" functionInDocument=\"CREATION_TIME\">{published}</TIMEX3></DCT>\n<TEXT>"
    );
    let mut at = 0;
    for time in times.times.iter().filter(|time| time.span.slice(&article.text).is_some()) {
        if time.span.start < at {
            continue;
        }
        out += &escaped(&article.text[at..time.span.start]);
        out += &element(time, time.span.slice(&article.text).unwrap_or_default());
        at = time.span.end;
    }
    out += &escaped(&article.text[at..]);
    out + "</TEXT>\n</TimeML>\n"
}

fn element(time: &Timex, words: &str) -> String {
    let kind = match time.kind {
        TimexKind::Date => "DATE",
        TimexKind::Time => "TIME",
        TimexKind::Duration => "DURATION",
        TimexKind::Set => "SET",
    };
    let anchor = time.anchor.as_ref().filter(|anchor| is_id(anchor));
    let optional = [
        ("mod", time.modifier.as_ref()),
        ("quant", time.quant.as_ref()),
        ("freq", time.freq.as_ref()),
        ("beginPoint", time.begin_point.as_ref()),
        ("endPoint", time.end_point.as_ref()),
        ("anchorTimeID", anchor),
    ];
    let mut tag =
        format!("<TIMEX3 tid=\"{}\" type=\"{kind}\" value=\"{}\"", escaped(&time.id), escaped(&time.value));
    for (name, value) in optional {
        tag += &value.map(|value| format!(" {name}=\"{}\"", escaped(value))).unwrap_or_default();
    }
    let counted = anchor.is_some();
    format!("{tag} temporalFunction=\"{counted}\">{}</TIMEX3>", escaped(words))
}

fn is_id(anchor: &str) -> bool {
    anchor
        .strip_prefix('t')
        .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit()))
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out += "&amp;",
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '"' => out += "&quot;",
            // XML 1.0 has no place for other control characters.
            c if c.is_control() && !matches!(c, '\n' | '\t' | '\r') => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}
