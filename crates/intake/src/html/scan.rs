//! A page as a flat list of blocks of text, each knowing the elements it stands in. No tree is built and nothing calls itself, so
//! depth costs nothing: below [`DEPTH`] open elements further ones are only counted.

use std::collections::BTreeMap;

use html5gum::{DefaultEmitter, HtmlString, Spanned, StartTag, State, Token, Tokenizer};

use super::{Piece, words};

/// Open elements that are told apart.
const DEPTH: usize = 512;
/// Characters of class names and ids that are looked at.
const NAMES: usize = 512;
/// Bytes of structured data and of title that are kept.
const MOST_DATA: usize = 4 << 20;
/// `meta`, `link` and `time` elements that are kept.
const MOST_META: usize = 2000;

/// Elements whose content is no markup. Where one is closed by itself, what follows is not its content, whatever browsers say:
/// it would swallow the page.
const RAW: &[&str] = &["iframe", "noscript", "style", "textarea", "title"];

/// An element.
#[derive(Debug, Clone, Default)]
pub(super) struct Node {
    pub parent: usize,
    /// One past the last element inside it.
    pub end: usize,
    pub tag: &'static str,
    pub marks: Marks,
    pub own: Own,
    /// Of its class names; 0 where it has none.
    pub class: u64,
    /// The nearest element that is a block.
    block: usize,
}

/// What the names of an element alone say of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Own {
    pub chrome: bool,
    pub about: bool,
    /// Others wrote it, or it is never an article: comments, a footer, a question about cookies.
    pub foreign: bool,
}

/// What is known of an element. The first six hold for all within it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Marks {
    pub silent: bool,
    pub beside: bool,
    pub chrome: bool,
    pub about: bool,
    pub foreign: bool,
    pub link: bool,
    pub in_article: bool,
    /// `itemprop=articleBody` or a class name used for nothing else.
    pub body: u8,
    pub good: bool,
}

/// A block of text.
#[derive(Debug, Clone, Default)]
pub(super) struct Block {
    pub node: usize,
    pub text: String,
    /// Bytes of it inside links.
    pub linked: usize,
    pub pieces: Vec<Piece>,
}

/// A `<time>`, or an element with a property (`itemprop`) and a value.
#[derive(Debug, Clone, Default)]
pub(super) struct Moment {
    pub what: String,
    pub value: String,
    pub node: usize,
}

/// All of a page that matters.
#[derive(Debug, Default)]
pub(super) struct Scan {
    pub nodes: Vec<Node>,
    pub blocks: Vec<Block>,
    /// `name`, `property`, `itemprop` or `http-equiv` in lower case, and `content`.
    pub meta: Vec<(String, String)>,
    pub canonical: Option<String>,
    pub base_language: Option<String>,
    pub title: String,
    pub json: Vec<String>,
    pub moments: Vec<Moment>,
    /// First text of elements with `rel=author` or `itemprop=author`.
    pub authors: Vec<usize>,
}

pub(super) fn scan(html: &str) -> Scan {
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    let mut scanner = Scanner::new();
    let mut tokens = Tokenizer::new_with_emitter(html, emitter);
    while let Some(token) = tokens.next() {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => {
                if tag.self_closing && RAW.contains(&known(&tag.name.0)) {
                    tokens.set_state(State::Data);
                }
                scanner.start(&tag);
            }
            Token::EndTag(tag) => scanner.end(&tag.name.0),
            Token::String(text) => scanner.text(&text),
            _ => {}
        }
    }
    scanner.finish()
}

struct Scanner {
    scan: Scan,
    stack: Vec<usize>,
    /// Open elements below the depth that is told apart.
    excess: usize,
    open: BTreeMap<&'static str, usize>,
    block: Block,
    breaks: usize,
    space: bool,
    json: Option<String>,
}

impl Scanner {
    fn new() -> Self {
        let root = Node { tag: "html", end: usize::MAX, ..Node::default() };
        let scan = Scan { nodes: vec![root], ..Scan::default() };
        Self {
            scan,
            stack: vec![0],
            excess: 0,
            open: BTreeMap::new(),
            block: Block::default(),
            breaks: 0,
            space: false,
            json: None,
        }
    }

    fn top(&self) -> usize {
        self.stack.last().copied().unwrap_or(0)
    }

    fn start(&mut self, tag: &StartTag<usize>) {
        let name = known(&tag.name.0);
        self.end_head(name);
        if is_block(name) {
            self.flush();
            self.close_implied(name);
        }
        match name {
            "br" => self.line_break(),
            "meta" => self.meta(tag),
            "link" => self.link(tag),
            "html" => self.scan.base_language = attribute(tag, "lang").or_else(|| attribute(tag, "xml:lang")),
            _ => {}
        }
        if words::VOID.contains(&name) || tag.self_closing && name != "p" && name != "div" {
            return;
        }
        if matches!(name, "html" | "body") && self.open.contains_key(name) {
            return;
        }
        self.push(name, tag);
    }

    fn push(&mut self, name: &'static str, tag: &StartTag<usize>) {
        if self.stack.len() >= DEPTH {
            self.excess += 1;
            return;
        }
        let (parent, index) = (self.top(), self.scan.nodes.len());
        let names = names(tag);
        let (marks, own) = marks(&self.scan.nodes[parent], name, tag, &names);
        let class = class(&names);
        let block = if is_block(name) { index } else { self.scan.nodes[parent].block };
        self.scan.nodes.push(Node { parent, end: usize::MAX, tag: name, marks, own, class, block });
        self.stack.push(index);
        *self.open.entry(name).or_default() += 1;
        if name == "script"
            && attribute(tag, "type").is_some_and(|kind| kind.to_lowercase().contains("ld+json"))
        {
            self.json = Some(String::new());
        }
        self.noted(name, tag);
    }

    /// Properties told in the page itself.
    fn noted(&mut self, name: &str, tag: &StartTag<usize>) {
        let property = attribute(tag, "itemprop").unwrap_or_default();
        let value = attribute(tag, "datetime").or_else(|| attribute(tag, "content"));
        if (name == "time" || property.contains("date")) && self.scan.moments.len() < MOST_META {
            let what = if property.is_empty() {
                attribute(tag, "class").unwrap_or_default()
            } else {
                property.clone()
            };
            let what = if attribute(tag, "pubdate").is_some() { "pubdate".to_owned() } else { what };
            let node = self.scan.nodes.len() - 1;
            self.scan.moments.push(Moment { what, value: value.unwrap_or_default(), node });
        }
        let author = property == "author" || attribute(tag, "rel").is_some_and(|rel| rel == "author");
        if author && self.scan.authors.len() < 8 {
            self.scan.authors.push(self.scan.nodes.len() - 1);
        }
    }

    fn end(&mut self, name: &[u8]) {
        let name = known(name);
        if is_block(name) {
            self.flush();
        }
        if self.excess > 0 {
            self.excess -= 1;
        } else if self.open.get(name).copied().unwrap_or(0) > 0 {
            while let Some(popped) = self.pop() {
                if popped == name {
                    break;
                }
            }
        }
    }

    fn pop(&mut self) -> Option<&'static str> {
        if self.stack.len() <= 1 {
            return None;
        }
        let index = self.stack.pop()?;
        self.scan.nodes[index].end = self.scan.nodes.len();
        let tag = self.scan.nodes[index].tag;
        if let Some(count) = self.open.get_mut(tag) {
            *count -= 1;
        }
        if let Some(json) = self.json.take_if(|_| tag == "script") {
            self.scan.json.push(json);
        }
        Some(tag)
    }

    /// What cannot stand in the head of a page ends it, though many forget to say so.
    fn end_head(&mut self, name: &str) {
        let open = self.open.get("head").copied().unwrap_or(0) > 0;
        if open && self.excess == 0 && !words::IN_HEAD.contains(&name) {
            while self.pop().is_some_and(|tag| tag != "head") {}
        }
    }

    /// A block ends an open paragraph, an item the item before it.
    fn close_implied(&mut self, name: &str) {
        let closes = if name == "li" { "li" } else { "p" };
        if self.excess > 0 || self.open.get(closes).copied().unwrap_or(0) == 0 {
            return;
        }
        let near = self.stack.iter().rev().take(8).map(|index| self.scan.nodes[*index].tag);
        let reached = near.take_while(|tag| *tag == closes || !is_block(tag)).any(|tag| tag == closes);
        if reached {
            while self.pop().is_some_and(|tag| tag != closes) {}
        }
    }

    fn text(&mut self, token: &Spanned<HtmlString, usize>) {
        let text = String::from_utf8_lossy(&token.value.0);
        let node = self.scan.nodes[self.top()].clone();
        if let Some(json) = self.json.as_mut().filter(|json| json.len() < MOST_DATA) {
            json.push_str(&text);
        } else if node.tag == "title" && self.scan.title.len() < 2000 {
            self.scan.title.push_str(&text);
        } else if !node.marks.silent {
            self.append(&text, &node, (token.span.start, token.span.end));
        }
    }

    fn append(&mut self, text: &str, node: &Node, html: (usize, usize)) {
        if self.block.text.is_empty() {
            self.block.node = node.block;
        }
        let from = self.block.text.len();
        for c in text.chars().filter(|c| !matches!(c, '\u{ad}' | '\u{200b}' | '\u{feff}')) {
            if c.is_whitespace() {
                self.space = true;
                continue;
            }
            if std::mem::take(&mut self.space) && !self.block.text.is_empty() {
                self.block.text.push(' ');
            }
            self.breaks = 0;
            self.block.text.push(c);
        }
        let to = self.block.text.len();
        if to > from {
            self.block.linked += if node.marks.link { to - from } else { 0 };
            self.block.pieces.push(Piece { text: (from, to), html });
        }
    }

    /// One break is white space, two end a paragraph.
    fn line_break(&mut self) {
        self.space = true;
        self.breaks += 1;
        if self.breaks >= 2 {
            self.flush();
        }
    }

    fn flush(&mut self) {
        (self.space, self.breaks) = (false, 0);
        if !self.block.text.is_empty() {
            self.scan.blocks.push(std::mem::take(&mut self.block));
        }
    }

    fn meta(&mut self, tag: &StartTag<usize>) {
        let name = ["property", "name", "itemprop", "http-equiv"].iter().find_map(|key| attribute(tag, key));
        let content = attribute(tag, "content");
        if let (Some(name), Some(content), true) = (name, content, self.scan.meta.len() < MOST_META) {
            self.scan.meta.push((name.trim().to_lowercase(), content.trim().to_owned()));
        }
    }

    fn link(&mut self, tag: &StartTag<usize>) {
        if attribute(tag, "rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) {
            self.scan.canonical = self.scan.canonical.take().or_else(|| attribute(tag, "href"));
        }
    }

    fn finish(mut self) -> Scan {
        self.flush();
        while self.pop().is_some() {}
        self.scan.nodes[0].end = self.scan.nodes.len();
        self.scan
    }
}

fn attribute(tag: &StartTag<usize>, name: &str) -> Option<String> {
    let value = tag.attributes.get(name.as_bytes())?;
    let most = value.value.0.len().min(1 << 14);
    Some(String::from_utf8_lossy(&value.value.0[..most]).trim().to_owned())
}

fn is_block(name: &str) -> bool {
    words::BLOCKS.contains(&name)
}

/// The name of an element as one of those that are told apart.
fn known(name: &[u8]) -> &'static str {
    const INLINE: &[&str] = &["a", "time", "span", "b", "i", "em", "strong"];
    let all = [INLINE, words::BLOCKS, words::SILENT, words::BESIDE, words::VOID];
    let found = all.into_iter().flatten().find(|known| known.as_bytes() == name);
    // A custom element is mostly a box: <article-body>, <amp-list>.
    found.copied().unwrap_or(if name.contains(&b'-') { "other-block" } else { "other" })
}

fn marks(parent: &Node, name: &str, tag: &StartTag<usize>, names: &[Vec<String>]) -> (Marks, Own) {
    let outer = parent.marks;
    let has = |key: &str, values: &[&str]| {
        attribute(tag, key).is_some_and(|value| values.contains(&value.to_lowercase().as_str()))
    };
    let header = name == "header" && !outer.in_article;
    let property = attribute(tag, "itemprop").is_some_and(|value| value.eq_ignore_ascii_case("articleBody"));
    let container = matches!(name, "html" | "body" | "main" | "article");
    let body = if property {
        2
    } else {
        u8::from(!container && names.iter().any(|name| words::BODY.contains(&name.concat().as_str())))
    };
    let own = own(name, tag, names, body, container);
    let marks = Marks {
        silent: outer.silent || words::SILENT.contains(&name),
        beside: outer.beside || words::BESIDE.contains(&name) || header || has("role", words::ROLES),
        chrome: outer.chrome || own.chrome,
        about: outer.about || own.about,
        foreign: outer.foreign || own.foreign,
        link: outer.link || name == "a",
        in_article: outer.in_article || matches!(name, "article" | "main"),
        body,
        good: names.iter().any(|name| says(name, words::GOOD)),
    };
    (marks, own)
}

fn own(name: &str, tag: &StartTag<usize>, names: &[Vec<String>], body: u8, container: bool) -> Own {
    if container {
        return Own::default();
    }
    // Some servers wrap the whole page in a form.
    let form = name == "form";
    let named = |list: &[&str]| body == 0 && names.iter().any(|name| says(name, list));
    let joined = body == 0 && names.iter().any(|name| words::is_joined_chrome(name));
    let foreign = named(words::FOREIGN) || body == 0 && names.iter().any(|name| words::is_foreign(name));
    let chrome = form || unseen(tag) || foreign || joined || named(words::CHROME);
    Own { chrome, about: named(words::ABOUT), foreign }
}

fn unseen(tag: &StartTag<usize>) -> bool {
    let style = attribute(tag, "style")
        .is_some_and(|style| style.replace(' ', "").to_lowercase().contains("display:none"));
    tag.attributes.contains_key(&b"hidden"[..])
        || attribute(tag, "aria-hidden").is_some_and(|value| value.eq_ignore_ascii_case("true"))
        || style
}

/// Class names and id, in parts. The id of a heading, and one that is a phrase, names a place to go to and not what is there.
fn names(tag: &StartTag<usize>) -> Vec<Vec<String>> {
    let heading = matches!(&tag.name.0[..], b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6");
    let parts = |key: &str| {
        let all = attribute(tag, key).unwrap_or_default();
        let end = all.char_indices().map(|(at, _)| at).find(|at| *at >= NAMES).unwrap_or(all.len());
        all[..end].split_whitespace().map(words::parts).collect::<Vec<_>>()
    };
    let mut names = parts("class");
    for key in ["data-component", "data-testid", "data-module"] {
        names.extend(parts(key));
    }
    if !heading {
        names.extend(parts("id").into_iter().filter(|id| !words::is_phrase(id)));
    }
    names
}

fn class(names: &[Vec<String>]) -> u64 {
    use std::hash::{DefaultHasher, Hash as _, Hasher as _};
    let mut hasher = DefaultHasher::new();
    names.first().hash(&mut hasher);
    if names.is_empty() { 0 } else { hasher.finish() }
}

fn says(name: &[String], list: &[&str]) -> bool {
    let absent = |part: &String| words::ABSENT.contains(&part.as_str());
    let state = |at: usize| name.get(at + 1).is_some_and(|next| words::STATES.contains(&next.as_str()));
    let mut known = name.iter().take_while(|part| !absent(part)).enumerate();
    known.any(|(at, part)| list.contains(&part.as_str()) && !state(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_know_their_elements_and_their_place_in_the_page() {
        let html = "<div class=article-body><p>One &amp; <a href=x>two</a><p>Three</div><nav>Four</nav>";
        let scan = scan(html);
        let texts: Vec<_> = scan.blocks.iter().map(|block| block.text.as_str()).collect();
        assert_eq!(texts, ["One & two", "Three", "Four"]);
        assert_eq!(scan.blocks[0].linked, 4);
        assert!(scan.nodes[scan.blocks[2].node].marks.beside);
        let piece = scan.blocks[1].pieces[0];
        assert_eq!(&html[piece.html.0..piece.html.1], "Three");
    }

    #[test]
    fn names_of_parts_and_of_what_is_missing() {
        let drop = |class: &str| says(&words::parts(class), words::CHROME);
        assert!(drop("article__related-links") && drop("navBar-main") && drop("sidebar"));
        assert!(!drop("has-sidebar") && !drop("content-with-ads") && !drop("broadcast"));
    }
}
