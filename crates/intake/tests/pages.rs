//! Pages as publishers build them: `pages/NAME.html`, and in `pages/gold.json` the words that are the article. All of our own making.

use std::{collections::BTreeMap, fs, path::Path};

use serde_json::Value;

fn words(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect()
}

#[test]
fn every_page_gives_the_words_of_its_article_and_no_others() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    let gold = fs::read_to_string(folder.join("gold.json")).unwrap();
    let gold: BTreeMap<String, Value> = serde_json::from_str(&gold).unwrap();
    let pages = fs::read_dir(&folder).unwrap().filter(|file| {
        file.as_ref().is_ok_and(|file| file.path().extension().is_some_and(|ending| ending == "html"))
    });
    assert_eq!(pages.count(), gold.len(), "every page has gold");
    let wrong: Vec<String> = gold
        .iter()
        .filter_map(|(name, gold)| {
            let html = fs::read(folder.join(format!("{name}.html"))).unwrap();
            let page = legation_intake::page(&legation_intake::decode(&html, None), None);
            let text = page.map(|page| page.article.text).unwrap_or_default();
            let expected = gold["articleBody"].as_str().unwrap();
            (words(&text) != words(expected)).then(|| format!("{name}:\n{text}"))
        })
        .collect();
    println!("{} of {} pages right", gold.len() - wrong.len(), gold.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}
