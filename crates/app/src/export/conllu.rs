use std::fmt::Write as _;

use legation_record::Article;
use legation_text::{Parse, Sentence};

/// Sentences, words and trees as CoNLL-U.
#[must_use]
pub fn conllu(article: &Article, parse: &Parse) -> String {
    let mut out = String::new();
    for (number, sentence) in parse.sentences.iter().enumerate() {
        let text = sentence.span.slice(&article.text).unwrap_or_default();
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let _ = writeln!(out, "# sent_id = {}\n# text = {text}", number + 1);
        words(&mut out, &article.text, sentence);
        out.push('\n');
    }
    out
}

fn words(out: &mut String, text: &str, sentence: &Sentence) {
    for (at, token) in sentence.tokens.iter().enumerate() {
        let head = token.head.map_or(0, |head| head + 1);
        let next = sentence.tokens.get(at + 1).map(|next| next.span.start);
        let space = if next == Some(token.span.end) { "SpaceAfter=No" } else { "_" };
        let form = token.form(text).replace(char::is_whitespace, " ");
        let (lemma, upos, xpos, feats) = (&token.lemma, token.upos.name(), &token.xpos, &token.feats);
        let _ = writeln!(
            out,
            "{}\t{form}\t{lemma}\t{upos}\t{xpos}\t{feats}\t{head}\t{}\t_\t{space}",
            at + 1,
            token.deprel
        );
    }
}
