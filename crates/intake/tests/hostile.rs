//! Pages, feeds and archives made to break readers: each ends with an article or a refusal, in a small stack.

use std::io::Write as _;

use legation_intake::{Captures, Refused, Unpacked, decode, feed, mail, page};
use proptest::prelude::*;

const STACK: usize = 2 << 20;
const ARTICLE: &str = "<article><p>The two foreign ministers ended their talks in Vienna without an agreement, their spokesmen said.</p></article>";

/// Reads in a thread with a small stack, as servers have.
fn read(html: String) -> Result<legation_intake::Page, Refused> {
    let thread = std::thread::Builder::new().stack_size(STACK).spawn(move || page(&html, None));
    thread.unwrap().join().unwrap()
}

#[test]
fn nested_tags_of_every_kind() {
    for tag in ["div", "b", "p", "table", "a", "x-y", "svg", "li", "form", "template"] {
        let html = format!("{}{ARTICLE}", format!("<{tag}>").repeat(200_000));
        let _ = read(html);
    }
    let closed = format!("{}deep{}{ARTICLE}", "<div>".repeat(100_000), "</div>".repeat(100_000));
    assert!(read(closed).unwrap().article.text.starts_with("The two foreign"));
}

/// Seconds that this thread itself has run, whatever else the machine does.
#[cfg(target_os = "linux")]
fn busy() -> f64 {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    told.split(' ').next().unwrap().parse::<f64>().unwrap() / 1e9
}

#[test]
#[cfg(target_os = "linux")]
fn ten_megabytes_of_nested_tags_take_ten_seconds_at_most() {
    for tag in ["div", "b", "p", "table", "x-y"] {
        let html = format!("{ARTICLE}{}", format!("<{tag}>").repeat((10 << 20) / (tag.len() + 2)));
        let timed = move || {
            let start = busy();
            let _ = page(&html, None);
            busy() - start
        };
        let seconds = std::thread::Builder::new().stack_size(STACK).spawn(timed).unwrap().join().unwrap();
        println!("{tag}: {:.2} s a MB", seconds / 10.0);
        assert!(seconds < 10.0, "{tag}: {seconds} s");
    }
}

#[test]
fn floods() {
    let attributes: String = (0..50_000).map(|n| format!(" a{n}=1")).collect();
    for html in [
        format!("<div{attributes}>{ARTICLE}"),
        format!("<div class='{}'>{ARTICLE}", "x ".repeat(200_000)),
        format!("{ARTICLE}{}", "&amp;".repeat(200_000)),
        format!("{ARTICLE}{}", "&".repeat(1_000_000)),
        format!("{ARTICLE}{}", "</x>".repeat(300_000)),
        format!("{ARTICLE}{}", "<!--".repeat(300_000)),
        format!("{ARTICLE}{}", "<".repeat(1_000_000)),
        format!("{ARTICLE}<a href='{}", "x".repeat(1_000_000)),
        format!("{}{ARTICLE}", "<meta name=a content=b>".repeat(50_000)),
        format!("<script type='application/ld+json'>{}</script>{ARTICLE}", "[".repeat(500_000)),
        format!(
            "<script type='application/ld+json'>{}{}</script>{ARTICLE}",
            "{\"a\":".repeat(100),
            "1".repeat(100_000)
        ),
    ] {
        let _ = read(html);
    }
    assert!(read(format!("{ARTICLE}{}", "<p>word</p>".repeat(100_000))).is_ok());
}

#[test]
fn nothing_to_read_is_refused() {
    for html in [
        "",
        "<",
        "<html></html>",
        "<title>Only a title</title>",
        "<nav><a href=/>Home</a></nav>",
        "\0\0\0",
        "<p>Short.</p>",
    ] {
        assert_eq!(page(html, None).map(|page| page.article.text), Err(Refused::NoText), "{html}");
    }
}

#[test]
fn broken_bytes_are_read_as_far_as_they_go() {
    let mut bytes = ARTICLE.as_bytes().to_vec();
    bytes.splice(40..42, [0xff, 0xfe, 0x00, 0xc3]);
    let text = page(&decode(&bytes, Some("utf-8")), None).unwrap().article.text;
    assert!(text.contains('\u{fffd}') && !text.contains('\0'));
    assert!(page(&decode(&bytes, Some("no-such-charset")), None).is_ok());
}

#[test]
fn an_archive_that_never_ends_its_headers() {
    let flood = format!("WARC/1.0\r\n{}", "X: y\r\n".repeat(100_000));
    assert_eq!(Captures::new(flood.as_bytes()).count(), 0);
    let line = vec![b'a'; 3 << 20];
    assert_eq!(Captures::new(line.as_slice()).count(), 0);
    let mut torn = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    torn.write_all(b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 50\r\n\r\nHTTP/1.1 200 OK\r\n\r\n")
        .unwrap();
    let torn = torn.finish().unwrap();
    let reader = std::io::BufReader::new(Unpacked::new(&torn[..torn.len() - 4]));
    assert!(Captures::new(reader).all(|found| found.is_err()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_markup_keeps_the_laws_of_spans(pieces in prop::collection::vec(piece(), 0..60)) {
        let html = format!("{}{ARTICLE}", pieces.concat());
        if let Ok(page) = page(&html, None) {
            let mut last = 0;
            for piece in &page.map {
                prop_assert!(piece.text.0 >= last && piece.text.0 < piece.text.1);
                prop_assert!(page.article.text.get(piece.text.0..piece.text.1).is_some());
                prop_assert!(piece.html.0 <= piece.html.1 && html.get(piece.html.0..piece.html.1).is_some());
                last = piece.text.1;
            }
        }
    }

    #[test]
    fn any_bytes_end(bytes in prop::collection::vec(any::<u8>(), 0..2000), start in 0..6_usize) {
        let starts: [&[u8]; 6] = [b"", b"<html><p>", b"<rss><channel>", b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 9\r\n\r\n", b"Subject: x\r\n", b"\x1f\x8b\x08"];
        let all = [starts[start], &bytes].concat();
        let _ = page(&decode(&all, None), None);
        let _ = feed(&all);
        let _ = mail(&all);
        let _ = Captures::new(all.as_slice()).count();
        let _ = std::io::copy(&mut Unpacked::new(all.as_slice()), &mut std::io::sink());
    }
}

/// Markup in pieces that fit together badly.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zé “”.]{0,120}",
        "</?(div|p|li|ul|b|a|article|nav|table|td|br|h2|script|style|title|time)( class='?(article-body|ad|x)'?)?>",
        "&(amp|quot|#x?[0-9a-f]{1,6}|nbsp|notreal);?",
        "<[a-z!/?-]{0,6}",
        "\\PC{0,20}",
    ]
}
