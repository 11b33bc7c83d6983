//! The files of the page, held in the program.

use crate::reply::Reply;

const SCRIPT: &str = "text/javascript; charset=utf-8";

macro_rules! scripts {
    ($($name:literal),* $(,)?) => { &[$(($name, include_str!(concat!("../assets/", $name)))),*] };
}

const SCRIPTS: &[(&str, &str)] = scripts![
    "app.js",
    "api.js",
    "dom.js",
    "words.js",
    "list.js",
    "save.js",
    "globe.js",
    "views/article.js",
    "views/search.js",
    "views/calendar.js",
    "views/timeline.js",
    "views/map.js",
    "views/event.js",
    "views/actors.js",
    "views/plans.js",
    "views/review.js",
];
const STYLE: &str = include_str!("../assets/style.css");
/// Land and borders; whence they are says `assets/ORIGIN.md`.
const WORLD: &str = include_str!("../assets/world.json");
const PAGE: &str = include_str!("../assets/page.html");

/// The page of every view, with the path below which its files lie.
pub fn page(base: &str) -> Reply {
    Reply::of("text/html; charset=utf-8", PAGE.replace("{base}", base))
}

/// A file by its name.
pub fn file(name: &str) -> Option<Reply> {
    if name == "style.css" {
        return Some(Reply::of("text/css; charset=utf-8", STYLE));
    }
    if name == "world.json" {
        return Some(Reply::of("application/json", WORLD));
    }
    let (_, text) = SCRIPTS.iter().find(|(one, _)| *one == name)?;
    Some(Reply::of(SCRIPT, *text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn script_and_style_stay_light_and_name_no_other_place() {
        let all: usize =
            SCRIPTS.iter().map(|(_, text)| text.len()).sum::<usize>() + STYLE.len() + WORLD.len();
        assert!(all < 400_000, "{all} bytes");
        for (name, text) in SCRIPTS.iter().chain(&[("style.css", STYLE), ("page.html", PAGE)]) {
            let elsewhere = ["https://", "//cdn", "innerHTML", "insertAdjacentHTML", "eval("];
            let found = elsewhere.iter().find(|it| text.contains(**it));
            assert!(found.is_none(), "{name} has {found:?}");
        }
    }
}
