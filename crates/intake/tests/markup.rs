//! Day and headline under the usual patterns of markup: `markup.tsv`, one pattern a row.

const BODY: &str = "<p>The two foreign ministers ended their talks in Vienna without an agreement, and said that they would meet again.</p>\
    <p>It was their third meeting since the spring, according to the Austrian government, which had offered to be the host.</p>";

#[test]
fn day_and_headline() {
    let rows = include_str!("markup.tsv").lines().skip(1);
    let wrong: Vec<String> = rows.filter_map(|row| wrong(&row.split('\t').collect::<Vec<_>>())).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What is wrong with a row, if anything.
fn wrong(row: &[&str]) -> Option<String> {
    let [name, url, date, title, head, top] = *row else {
        return Some(format!("{row:?} has not six columns"));
    };
    let html = format!(
        "<!doctype html><html><head>{head}</head><body><article>{top}<div>{BODY}</div></article></body></html>"
    );
    let page = legation_intake::page(&html, Some(url).filter(|url| !url.is_empty())).ok()?;
    let found = page.article.meta.published.map(|day| day.to_string()).unwrap_or_default();
    let headline = page.article.meta.headline.unwrap_or_default();
    let starts = page.article.text.starts_with("The two foreign") && page.article.text.ends_with("the host.");
    let right = found == date && headline == title && starts;
    (!right).then(|| {
        format!("{name}: '{found}' for '{date}', '{headline}' for '{title}', text: {:.60}", page.article.text)
    })
}
