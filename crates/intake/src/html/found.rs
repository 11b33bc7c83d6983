//! Headline, day, author, outlet, language and address of an article.

use legation_record::{ArticleMeta, Date, DatedBy};

use super::{choose::Chosen, json_ld::Data, scan::Scan};
use crate::day::day_in;

/// Names of `meta` elements that give the day of publication, best first.
const PUBLISHED: &[&str] = &[
    "article:published_time",
    "article:published",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "rnews:datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "originalpublicationdate",
    "bt:pubdate",
    "article_date_original",
    "citation_publication_date",
    "citation_date",
    "citation_online_date",
    "publishdate",
    "publish-date",
    "publish_date",
    "published_date",
    "publication_date",
    "publicationdate",
    "pubdate",
    "og:pubdate",
    "og:publish_date",
    "article.published",
    "date_published",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.date",
    "dc.date",
    "dcsext.articlefirstpublished",
    "article:publicationdate",
    "displaydate",
    "pdate",
    "ptime",
    "analyticsattributes.articledate",
    "dc.date.created",
    "dcterms.created",
    "article.created",
    "article:created",
    "created",
    "date",
    "eomportal-lastupdate",
    "vr:published_time",
];
const MODIFIED: &[&str] = &[
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "dc.date.modified",
    "dcterms.modified",
    "last-modified",
    "lastmod",
    "revised",
];

pub(super) fn meta(scan: &Scan, data: &Data, chosen: &Chosen, url: Option<&str>) -> ArticleMeta {
    let canonical = [scan.canonical.clone(), named(scan, &["og:url"]), data.url.clone()]
        .into_iter()
        .flatten()
        .find(|found| is_address(found));
    let url = canonical.or_else(|| url.map(str::to_owned));
    let outlet = outlet(scan, data, url.as_deref());
    let dated = dated(scan, data, chosen, url.as_deref());
    ArticleMeta {
        headline: headline(scan, data, outlet.as_deref()),
        published: dated.first().map(|first| first.date),
        dated: conflicts(dated),
        byline: byline(scan, data),
        language: language(scan, data),
        publisher: outlet,
        url,
        ..ArticleMeta::default()
    }
}

fn is_address(text: &str) -> bool {
    (text.starts_with("https://") || text.starts_with("http://"))
        && text.len() < 2048
        && !text.contains(char::is_whitespace)
}

fn named(scan: &Scan, names: &[&str]) -> Option<String> {
    let of = |name: &&str| {
        scan.meta.iter().find(|(key, value)| key == name && !value.is_empty()).map(|(_, value)| value.clone())
    };
    names.iter().find_map(of)
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn outlet(scan: &Scan, data: &Data, url: Option<&str>) -> Option<String> {
    let host = || {
        let rest = url?.split_once("://")?.1;
        let host = rest.split(['/', '?', '#', ':']).next()?.trim_start_matches("www.");
        (!host.is_empty()).then(|| host.to_owned())
    };
    named(scan, &["og:site_name"])
        .or_else(|| data.publisher.clone())
        .or_else(|| named(scan, &["application-name", "publisher", "dc.publisher"]))
        .or_else(host)
        .map(|name| squeezed(&name))
}

fn headline(scan: &Scan, data: &Data, outlet: Option<&str>) -> Option<String> {
    let first = || {
        let mut all = scan
            .blocks
            .iter()
            .filter(|block| scan.nodes[block.node].tag == "h1" && !scan.nodes[block.node].marks.beside);
        all.next().map(|block| block.text.clone())
    };
    let told = data.headline.clone().map(|text| unescaped(&text)).or_else(|| named(scan, &["og:title"]));
    let found = told
        .or_else(first)
        .or_else(|| named(scan, &["twitter:title", "headline", "dc.title", "title"]))
        .or_else(|| Some(scan.title.clone()));
    let found = found.map(|text| without_outlet(&squeezed(&text), outlet));
    found.filter(|text| !text.is_empty())
}

/// The commonest references; JSON-LD is not HTML, but templates put it there.
fn unescaped(text: &str) -> String {
    [
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&#039;", "'"),
        ("&apos;", "'"),
        ("&rsquo;", "’"),
        ("&lsquo;", "‘"),
        ("&nbsp;", " "),
        ("&amp;", "&"),
    ]
    .iter()
    .fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}

/// `Talks end | The Gazette` → `Talks end`.
fn without_outlet(title: &str, outlet: Option<&str>) -> String {
    let plain = |text: &str| {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>()
    };
    let outlet = outlet.map(plain).unwrap_or_default();
    for sign in [" | ", " – ", " — ", " - ", " :: ", " » ", " · "] {
        let Some((head, tail)) = title.rsplit_once(sign) else { continue };
        let tail_plain = plain(tail);
        let names_outlet = !tail_plain.is_empty()
            && (outlet.contains(&tail_plain) || tail_plain.contains(&outlet) && !outlet.is_empty());
        if names_outlet
            || sign == " | " && tail.split_whitespace().count() <= 4 && head.split_whitespace().count() >= 2
        {
            return head.trim().to_owned();
        }
    }
    title.to_owned()
}

fn byline(scan: &Scan, data: &Data) -> Option<String> {
    let told = data.author.clone().or_else(|| {
        named(
            scan,
            &[
                "author",
                "article:author",
                "parsely-author",
                "sailthru.author",
                "dc.creator",
                "byl",
                "citation_author",
            ],
        )
    });
    let shown = || scan.authors.iter().find_map(|node| first_text(scan, *node));
    let classed = || {
        let mut all =
            scan.blocks.iter().filter(|block| scan.nodes[block.node].marks.about && block.text.len() < 120);
        all.find(|block| block.text.to_lowercase().starts_with("by ")).map(|block| block.text.clone())
    };
    let found =
        told.filter(|name| !name.contains("://") && !name.contains('@')).or_else(shown).or_else(classed)?;
    let found = squeezed(&found);
    let name = found
        .strip_prefix("By ")
        .or_else(|| found.strip_prefix("by "))
        .or_else(|| found.strip_prefix("BY "))
        .unwrap_or(&found);
    (!name.is_empty() && name.len() < 200).then(|| name.to_owned())
}

fn first_text(scan: &Scan, node: usize) -> Option<String> {
    let end = scan.nodes[node].end;
    let inside = |at: usize| at >= node && at < end;
    scan.blocks
        .iter()
        .find(|block| inside(block.node) && block.text.len() < 120)
        .map(|block| block.text.clone())
}

fn language(scan: &Scan, data: &Data) -> Option<String> {
    let told = scan.base_language.clone().filter(|tag| !tag.is_empty());
    let told = told
        .or_else(|| data.language.clone())
        .or_else(|| named(scan, &["og:locale", "content-language", "language", "dc.language"]))?;
    let tag = told.trim().replace('_', "-");
    (tag.len() <= 35 && tag.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')).then_some(tag)
}

/// Every day that the page gives for its publication, best first.
fn dated(scan: &Scan, data: &Data, chosen: &Chosen, url: Option<&str>) -> Vec<DatedBy> {
    let mut found = Vec::new();
    let mut take = |by: &str, text: Option<&str>| {
        if let Some((date, text)) = text.and_then(|text| Some((day_in(text)?, text))) {
            found.push(DatedBy { date, by: by.to_owned(), text: text.chars().take(80).collect() });
        }
    };
    take("json-ld", data.published.as_deref());
    take("meta", named(scan, &PUBLISHED[..4]).as_deref());
    for moment in
        scan.moments.iter().filter(|moment| ["datePublished", "pubdate"].contains(&moment.what.as_str()))
    {
        take("itemprop", Some(&moment.value));
    }
    for name in &PUBLISHED[4..] {
        take("meta", named(scan, &[name]).as_deref());
    }
    for moment in scan.moments.iter().filter(|moment| {
        !scan.nodes[moment.node].marks.beside
            && !scan.nodes[moment.node].marks.chrome
            && !moment.what.to_lowercase().contains("modif")
            && !moment.what.to_lowercase().contains("updat")
    }) {
        take("time", Some(&moment.value));
    }
    take("url", url.and_then(day_of_address).map(|day| day.to_string()).as_deref());
    take("json-ld dateCreated", data.created.as_deref());
    for text in shown(scan, chosen) {
        take("shown", Some(text));
    }
    take("json-ld dateModified", data.modified.as_deref());
    take("meta modified", named(scan, MODIFIED).as_deref());
    for moment in &scan.moments {
        take("time", Some(&moment.value));
    }
    found
}

/// Short lines above the article, and lines about it anywhere, that name a day.
fn shown<'a>(scan: &'a Scan, chosen: &Chosen) -> impl Iterator<Item = &'a str> {
    let first = chosen.first().unwrap_or(0);
    let near = first.saturating_sub(25)..(first + 1).min(scan.blocks.len());
    let above = scan.blocks[near].iter().rev();
    let about = scan.blocks.iter().filter(|block| scan.nodes[block.node].marks.about).take(20);
    above
        .chain(about)
        .filter(|block| block.text.len() < 120 && !scan.nodes[block.node].marks.beside)
        .map(|block| block.text.as_str())
}

/// `/2024/05/16/`, `/2024-05-16-`, `/20240516/` in the path of an address.
fn day_of_address(url: &str) -> Option<Date> {
    let path = url.split_once("://").map_or(url, |(_, rest)| rest).split(['?', '#']).next()?;
    let pieces: Vec<&str> = path.split('/').skip(1).collect();
    let whole = pieces.windows(3).find_map(|three| {
        let digits = |text: &str, most: usize| {
            (!text.is_empty() && text.len() <= most && text.bytes().all(|byte| byte.is_ascii_digit()))
                .then_some(())
        };
        let named_month = three[1].len() >= 3 && three[1].bytes().all(|byte| byte.is_ascii_alphabetic());
        digits(three[0], 4)
            .and_then(|()| if named_month { Some(()) } else { digits(three[1], 2) })
            .and_then(|()| digits(three[2], 2))?;
        if three[0].len() != 4 {
            return None;
        }
        day_in(&three.join(if named_month { " " } else { "-" }))
    });
    whole.or_else(|| {
        pieces.iter().find_map(|piece| {
            let stamp = piece
                .split(|c: char| !c.is_ascii_digit() && c != '-')
                .find(|run| run.trim_matches('-').len() >= 8)?;
            let stamp = stamp.trim_matches('-');
            let dashed = stamp.len() >= 10 && stamp.as_bytes()[4] == b'-' && stamp.as_bytes()[7] == b'-';
            if dashed {
                day_in(&stamp[..10])
            } else if stamp.len() == 8 {
                day_in(stamp)
            } else {
                None
            }
        })
    })
}

/// What is worth keeping: nothing where all agree, else the first of each day.
fn conflicts(all: Vec<DatedBy>) -> Vec<DatedBy> {
    let mut kept: Vec<DatedBy> = Vec::new();
    for one in all {
        if kept.iter().all(|other| other.date != one.date) && kept.len() < 8 {
            kept.push(one);
        }
    }
    kept
}
