//! What elements are called on pages, and what that says of them.

/// Elements whose text is never part of an article.
pub(super) const SILENT: &[&str] = &[
    "script", "style", "noscript", "template", "svg", "iframe", "object", "select", "textarea", "button",
    "canvas", "audio", "video", "math", "title", "head",
];
/// Elements that stand beside an article.
pub(super) const BESIDE: &[&str] =
    &["nav", "aside", "footer", "dialog", "menu", "figcaption", "label", "legend"];
/// Values of `role` that say the same.
pub(super) const ROLES: &[&str] = &[
    "navigation",
    "banner",
    "contentinfo",
    "complementary",
    "search",
    "dialog",
    "alert",
    "menu",
    "menubar",
    "toolbar",
    "tooltip",
    "note",
    "form",
];
/// Elements that begin and end a block of text.
pub(super) const BLOCKS: &[&str] = &[
    "html",
    "body",
    "main",
    "article",
    "section",
    "header",
    "hgroup",
    "div",
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "blockquote",
    "pre",
    "table",
    "thead",
    "tbody",
    "tr",
    "td",
    "th",
    "figure",
    "figcaption",
    "center",
    "address",
    "details",
    "summary",
    "fieldset",
    "hr",
    "nav",
    "aside",
    "footer",
    "form",
    "dialog",
    "menu",
    "other-block",
];
/// Elements that may stand in the head of a page.
pub(super) const IN_HEAD: &[&str] = &[
    "html",
    "head",
    "title",
    "meta",
    "link",
    "base",
    "style",
    "script",
    "noscript",
    "template",
    "object",
    "other",
    "other-block",
];
/// Elements without an end tag.
pub(super) const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr",
];

/// Parts of class names and ids of what stands beside an article.
pub(super) const CHROME: &[&str] = &[
    "nav",
    "navbar",
    "navigation",
    "menu",
    "submenu",
    "sidebar",
    "rail",
    "footer",
    "breadcrumb",
    "breadcrumbs",
    "share",
    "sharing",
    "sharebar",
    "sharedaddy",
    "social",
    "related",
    "recommended",
    "recommendation",
    "recommendations",
    "recirc",
    "recirculation",
    "promo",
    "promotion",
    "newsletter",
    "subscribe",
    "subscription",
    "signup",
    "advert",
    "advertisement",
    "advertising",
    "ads",
    "ad",
    "adslot",
    "sponsor",
    "sponsored",
    "sponsors",
    "comment",
    "comments",
    "disqus",
    "respond",
    "cookie",
    "cookies",
    "consent",
    "gdpr",
    "popup",
    "modal",
    "overlay",
    "toolbar",
    "tags",
    "taglist",
    "tagcloud",
    "topics",
    "pagination",
    "pager",
    "trending",
    "popular",
    "mostread",
    "mostpopular",
    "readmore",
    "outbrain",
    "taboola",
    "skip",
    "hidden",
    "invisible",
    "copyright",
    "masthead",
    "login",
    "search",
    "widget",
    "widgets",
    "teaser",
    "teasers",
    "caption",
    "credit",
    "credits",
    "correction",
    "correx",
    "infobox",
    "navbox",
    "reflist",
    "references",
    "toc",
    "editsection",
    "noprint",
    "donate",
    "donation",
    "rating",
    "ratings",
    "poll",
    "tooltip",
    "bio",
    "feedback",
    "ticker",
    "carousel",
    "gallery",
    "slideshow",
    "player",
];
/// Parts of class names of lines about the article: dropped from its text, looked at for its date and author.
pub(super) const ABOUT: &[&str] = &[
    "byline",
    "author",
    "authors",
    "dateline",
    "timestamp",
    "date",
    "datetime",
    "pubdate",
    "published",
    "time",
    "meta",
    "posted",
    "kicker",
    "eyebrow",
];
/// Of those above, what others wrote or what is never an article, however long it is.
pub(super) const FOREIGN: &[&str] = &[
    "comment",
    "comments",
    "disqus",
    "respond",
    "reply",
    "replies",
    "footer",
    "cookie",
    "cookies",
    "consent",
    "gdpr",
    "newsletter",
    "signup",
    "login",
    "copyright",
    "menu",
    "nav",
    "navbar",
    "navigation",
    "breadcrumb",
    "breadcrumbs",
];
/// How parts of class names begin that say the same: `relatedposts`, `commentlist`.
const FOREIGN_STEMS: &[&str] = &["comment", "newsletter", "breadcrumb", "disqus"];
const CHROME_STEMS: &[&str] =
    &["related", "recommend", "advert", "sponsor", "promo", "subscri", "share", "social"];
/// Parts that begin so and mean something else.
const NOT_STEMS: &[&str] = &[
    "commentary",
    "commentator",
    "relatedness",
    "promoted",
    "shared",
    "shareholder",
    "shareholders",
    "socialist",
];
/// Joined class names of what stands between an article's paragraphs.
const JOINED: &[&str] = &[
    "pullquote",
    "readnext",
    "mostread",
    "mostpopular",
    "mostviewed",
    "alsoread",
    "seealso",
    "inlinead",
    "articlead",
    "adcontainer",
    "adwrapper",
    "ai2html",
    "skiplink",
    "articletags",
    "articlefooter",
    "postmeta",
    "entrymeta",
    "aboutauthor",
    "abouttheauthor",
    "authorbox",
    "authorbio",
    "authorinfo",
    "readersalsolike",
    "youmaylike",
    "mayalsolike",
    "upnext",
    "trendingnow",
    "editorspicks",
    "factbox",
];
/// Words in an id that is a phrase, such as a heading made into an address.
const PHRASE: &[&str] = &[
    "a", "an", "the", "of", "to", "and", "for", "with", "in", "on", "is", "are", "how", "what", "why", "who",
    "from",
];
/// What follows a part that only tells a state: `comments-open`.
pub(super) const STATES: &[&str] =
    &["open", "closed", "enabled", "disabled", "on", "off", "active", "inactive", "layout"];

/// Whether a class name is that of what others wrote.
pub(super) fn is_foreign(name: &[String]) -> bool {
    begins(name, FOREIGN_STEMS)
}

/// Whether a class name, taken as one word, is that of something beside the text.
pub(super) fn is_joined_chrome(name: &[String]) -> bool {
    let joined = name.concat();
    let caption =
        name.iter().take_while(|part| !ABSENT.contains(&part.as_str())).any(|part| part.ends_with("caption"));
    begins(name, CHROME_STEMS)
        || caption
        || JOINED.iter().any(|known| joined.starts_with(known) || joined.ends_with(known))
}

fn begins(name: &[String], stems: &[&str]) -> bool {
    let one = |part: &String| {
        stems.iter().any(|stem| part.starts_with(stem)) && !NOT_STEMS.contains(&part.as_str())
    };
    let known = name.iter().take_while(|part| !ABSENT.contains(&part.as_str())).enumerate();
    let state = |at: usize| name.get(at + 1).is_some_and(|next| STATES.contains(&next.as_str()));
    known.into_iter().any(|(at, part)| one(part) && !state(at))
}

/// Whether an id is a phrase.
pub(super) fn is_phrase(id: &[String]) -> bool {
    id.len() > 2 && id.iter().any(|part| PHRASE.contains(&part.as_str()))
}

/// Class names say that a part is there or is missing elsewhere: `has-sidebar`, `no-ads`.
pub(super) const ABSENT: &[&str] =
    &["has", "with", "without", "no", "not", "is", "hide", "show", "js", "full"];
/// Parts of class names of containers of articles.
pub(super) const GOOD: &[&str] = &[
    "article",
    "articlebody",
    "body",
    "content",
    "entry",
    "main",
    "post",
    "story",
    "storybody",
    "text",
    "copy",
    "blog",
    "prose",
];
/// Joined class names that are used for the text of articles and for little else.
pub(super) const BODY: &[&str] = &[
    "articlebody",
    "articlecontent",
    "articletext",
    "storybody",
    "storycontent",
    "storytext",
    "postcontent",
    "postbody",
    "entrycontent",
    "entrytext",
    "bodytext",
    "contentbody",
    "articlebodycontent",
    "maincontenttext",
    "storyarticlebody",
    "articlebodytext",
    "bodycopy",
    "articlecopy",
    "newstext",
    "newsbody",
    "newscontent",
    "storybodytext",
    "articlemaintext",
    "wysiwyg",
    "richtext",
    "articlefulltext",
    "singlecontent",
    "tdpostcontent",
    "thecontent",
    "fieldnamebody",
];
/// How lines begin that are put between an article's paragraphs and are not its text; lower case.
pub(super) const ASIDES: &[&str] = &[
    "advertisement",
    "read more",
    "read also",
    "also read",
    "see also",
    "related:",
    "related article",
    "related stories",
    "sign up",
    "subscribe",
    "follow us",
    "click here",
    "share this",
    "listen to",
    "watch:",
    "photo:",
    "image:",
    "all rights reserved",
    "copyright",
    "©",
    "download the",
    "join our",
    "more on this",
    "more from",
    "recommended",
    "story continues below",
    "article continues",
    "this article was",
    "this story was originally",
    "get our",
    "support our",
    "enable javascript",
    "please enable",
    "to continue reading",
    "you might also",
    "most read",
    "editors' pick",
    "editor's note:",
    "loading",
    "comments",
    "leave a comment",
    "post a comment",
    "reply",
    "tags:",
    "filed under",
    "topics:",
    "skip to",
    "back to top",
    "print this",
    "email this",
    "save to",
    "continue reading",
    "supported by",
    "scroll down",
];

/// The parts of a class name: `articleBody-main` → article, body, main.
pub(super) fn parts(name: &str) -> Vec<String> {
    let mut parts = Vec::new();
    let mut part = String::new();
    let mut before_lower = false;
    for c in name.chars() {
        let new_word = c.is_ascii_uppercase() && before_lower;
        if (!c.is_alphanumeric() || new_word) && !part.is_empty() {
            parts.push(std::mem::take(&mut part));
        }
        if c.is_alphanumeric() {
            part.extend(c.to_lowercase());
        }
        before_lower = c.is_lowercase();
    }
    if !part.is_empty() {
        parts.push(part);
    }
    parts
}
