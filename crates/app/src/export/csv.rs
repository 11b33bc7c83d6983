use legation_record::{CodePoints, Record, Span};

use super::timeml;
use crate::view::{Names, words};

const HEADER: &str = "id,parent,level,act,polarity,form,source,source_name,cue,content,start,end,rule\r\n";

/// Attributions as CSV (RFC 4180), one a row. Offsets are code points; several stretches of one
/// field are joined by " … ".
#[must_use]
pub fn csv(record: &Record) -> String {
    let names = Names::new(record);
    let points = CodePoints::new(&record.article.text);
    let mut out = HEADER.to_owned();
    for one in &record.attributions {
        let whole =
            one.content.iter().chain(&one.cue).copied().reduce(Span::cover).unwrap_or(Span::new(0, 0));
        let (start, end) = points.span(whole);
        let cells = [
            one.id.clone(),
            one.parent.clone().unwrap_or_default(),
            one.level.to_string(),
            one.act.0.clone(),
            words::polarity(one.polarity).into(),
            words::form(one.form).into(),
            names.texts(&one.source),
            names.entities(&one.source_entities),
            names.texts(&one.cue),
            names.texts(&one.content),
            start.to_string(),
            end.to_string(),
            one.evidence.by.clone(),
        ];
        out.push_str(&cells.map(|cell| quoted(&cell)).join(","));
        out.push_str("\r\n");
    }
    out
}

const TIMES: &str = "id,type,text,value,mod,earliest,latest,edtf,anchor,start,end,rule,reason\r\n";

/// Time expressions as CSV (RFC 4180), one a row. Offsets are code points.
#[must_use]
pub fn times_csv(record: &Record) -> String {
    let points = CodePoints::new(&record.article.text);
    let plain = |value: Option<String>| value.unwrap_or_default();
    let mut out = TIMES.to_owned();
    for time in &record.times {
        let (start, end) = points.span(time.span);
        let days = time.interval;
        let cells = [
            time.id.clone(),
            timeml::kind(time.kind).into(),
            time.span.slice(&record.article.text).unwrap_or_default().to_owned(),
            time.value.clone(),
            plain(time.modifier.clone()),
            plain(days.and_then(|days| days.earliest).map(|day| day.to_string())),
            plain(days.and_then(|days| days.latest).map(|day| day.to_string())),
            plain(time.edtf.clone()),
            plain(time.anchor.clone()),
            start.to_string(),
            end.to_string(),
            time.evidence.by.clone(),
            time.reason.clone(),
        ];
        out.push_str(&cells.map(|cell| quoted(&cell)).join(","));
        out.push_str("\r\n");
    }
    out
}

/// A cell in quotation marks where it needs them. A cell that a spreadsheet would take for a
/// formula gets an apostrophe.
fn quoted(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t']);
    let cell = if formula { format!("'{cell}") } else { cell.to_owned() };
    if cell.contains([',', '"', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn cells_are_quoted_and_are_no_formulas() {
        assert_eq!(quoted("a"), "a");
        assert_eq!(quoted("a, \"b\""), "\"a, \"\"b\"\"\"");
        assert_eq!(quoted("=1+1"), "'=1+1");
    }
}
