//! Day and headline under the usual patterns of markup: `markup.tsv`, one pattern a row.

const BODY: &str = "<p>The two foreign ministers ended their talks in Vienna without an agreement, and said that they would meet again.</p>\
    <p>It was their third meeting since the spring, according to the Austrian government, which had offered to be the host.</p>";

#[test]
fn day_and_headline() {
    let rows: Vec<&str> = include_str!("markup.tsv").lines().skip(1).collect();
    let all = rows.len();
    let wrong: Vec<String> =
        rows.into_iter().filter_map(|row| wrong(&row.split('\t').collect::<Vec<_>>())).collect();
    println!("{} of {all} patterns right", all - wrong.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn days_that_disagree_are_all_kept_with_what_gave_them() {
    let html = format!(
        "<html><head><script type='application/ld+json'>{{\"@type\":\"NewsArticle\",\"datePublished\":\"2024-05-16\"}}</script>\
         <meta property='article:published_time' content='2024-05-17T01:00:00Z'></head><body><article><h1>Talks</h1>\
         <div class=date>May 15, 2024</div>{BODY}</article></body></html>"
    );
    let meta =
        legation_intake::page(&html, Some("https://gazette.example/2024/05/16/talks")).unwrap().article.meta;
    let kept: Vec<_> =
        meta.dated.iter().map(|by| (by.date.to_string(), by.by.as_str(), by.text.as_str())).collect();
    assert_eq!(meta.published.unwrap().to_string(), "2024-05-16");
    assert_eq!(
        kept,
        [
            ("2024-05-16".to_owned(), "json-ld", "2024-05-16"),
            ("2024-05-17".to_owned(), "meta", "2024-05-17T01:00:00Z"),
            ("2024-05-15".to_owned(), "shown", "May 15, 2024")
        ]
    );
}

/// What is wrong with a row, if anything.
fn wrong(row: &[&str]) -> Option<String> {
    let [name, url, date, title, head, top] = *row else {
        return Some(format!("{row:?} has not six columns"));
    };
    let html = format!(
        "<!doctype html><html><head>{head}</head><body><article>{top}<div>{BODY}</div></article></body></html>"
    );
    let Ok(page) = legation_intake::page(&html, Some(url).filter(|url| !url.is_empty())) else {
        return Some(format!("{name}: no article"));
    };
    let found = page.article.meta.published.map(|day| day.to_string()).unwrap_or_default();
    let headline = page.article.meta.headline.unwrap_or_default();
    let starts = page.article.text.starts_with("The two foreign") && page.article.text.ends_with("the host.");
    let right = found == date && headline == title && starts;
    (!right).then(|| {
        format!("{name}: '{found}' for '{date}', '{headline}' for '{title}', text: {:.60}", page.article.text)
    })
}

const LINE: &str = "The two foreign ministers ended their talks in Vienna without an agreement, and said that they would meet again";

fn text(html: &str) -> String {
    legation_intake::page(html, None).unwrap().article.text
}

/// Paragraphs of different words.
fn paragraphs(from: usize, to: usize) -> String {
    (from..to).map(|n| format!("<p>{LINE} in week {n}.</p>")).collect()
}

#[test]
fn an_article_cut_into_many_bodies_is_whole() {
    let cut = format!(
        "<main><div class=story-text>{}</div><div class=ad>Buy</div><div class=story-text>{}</div><div class=story-text>{}</div></main>",
        paragraphs(0, 3),
        paragraphs(3, 4),
        paragraphs(4, 6)
    );
    let all = text(&cut);
    assert!((0..6).all(|n| all.contains(&format!("in week {n}."))) && !all.contains("Buy"), "{all}");
}

#[test]
fn a_page_within_a_form_is_read() {
    let page = format!(
        "<body><form id=aspnetForm><div><nav>Home</nav>{}<form>Search here for all that we ever wrote.</form></div></form></body>",
        paragraphs(0, 3)
    );
    assert!(text(&page).starts_with(LINE) && !text(&page).contains("Search"));
}

#[test]
fn what_stands_around_an_article_is_left_out() {
    let page = format!(
        "<header><p>{LINE}, our paper reported.</p></header><div class='layout has-sidebar'><div class=sidebar>{}</div>\
         <div class='column'><h1>Talks</h1>{}<div class='related-stories'>{}</div></div><div id=comments>{}</div></div><footer>{LINE}.</footer>",
        paragraphs(10, 12),
        paragraphs(0, 4),
        paragraphs(20, 22),
        paragraphs(30, 33)
    );
    let all = text(&page);
    assert_eq!(all.matches(LINE).count(), 4, "{all}");
}

#[test]
fn lists_headings_and_quotes_belong_to_an_article() {
    let page = format!(
        "<article>{}<h2>What was asked</h2><ul><li>A ceasefire</li><li>Talks in June</li></ul><blockquote>\"We are ready,\" she said.</blockquote>{}<h3>Read more</h3></article>",
        paragraphs(0, 2),
        paragraphs(2, 3)
    );
    let all = text(&page);
    assert!(all.contains("What was asked\n\n- A ceasefire\n- Talks in June\n\n\"We are ready,\""), "{all}");
    assert!(!all.contains("Read more"));
}
