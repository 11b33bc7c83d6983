use legation_app::Reader;
use legation_text::{Sentence, Token};

use crate::conllu;

/// A tree over tokens given from outside; `None` where there are none.
pub fn given(reader: &Reader, forms: &[&str]) -> Option<Sentence> {
    let words = forms.iter().map(|form| (*form).to_owned()).collect();
    reader.text().tag_sentences(&[words]).pop().map(|it| it.sentence)
}

/// Tags and tree of a sentence whose words are given.
pub fn predict(reader: &Reader, block: &str) -> anyhow::Result<String> {
    let gold = conllu::sentence(block)?;
    let forms: Vec<&str> = gold.words.iter().map(|word| word.form.as_str()).collect();
    let mut tokens = given(reader, &forms).map(|sentence| sentence.tokens).unwrap_or_default().into_iter();
    let mut rows = Vec::new();
    for line in block.lines() {
        let cells: Vec<&str> = line.split('\t').collect();
        let is_word = cells.len() >= 10 && !cells[0].contains(['-', '.']);
        match if is_word { tokens.next() } else { None } {
            Some(token) => rows.push(row(cells[0], cells[1], &token, cells[9])),
            None if is_word => rows.push(unread(cells[0], cells[1], cells[9])),
            None => rows.push(line.to_owned()),
        }
    }
    Ok(rows.join("\n") + "\n\n")
}

fn row(number: &str, form: &str, token: &Token, misc: &str) -> String {
    let head = token.head.map_or(0, |head| head + 1);
    let Token { lemma, upos, xpos, feats, deprel, .. } = token;
    format!("{number}\t{form}\t{lemma}\t{}\t{xpos}\t{feats}\t{head}\t{deprel}\t_\t{misc}", upos.name())
}

fn unread(number: &str, form: &str, misc: &str) -> String {
    let (head, deprel) = if number == "1" { (0, "root") } else { (1, "dep") };
    format!("{number}\t{form}\t_\tX\t_\t_\t{head}\t{deprel}\t_\t{misc}")
}

/// The documents of a file as plain text; paragraphs are divided by a blank line.
pub fn documents(text: &str) -> Vec<String> {
    let mut documents: Vec<String> = Vec::new();
    let mut glue = "";
    for block in conllu::blocks(text) {
        let Ok(sentence) = conllu::sentence(block) else { continue };
        if sentence.new_document() || documents.is_empty() {
            documents.push(String::new());
            glue = "";
        } else if sentence.new_paragraph() {
            glue = "\n\n";
        }
        let document = documents.last_mut().into_iter();
        document.for_each(|document| *document += &format!("{glue}{}", sentence.text()));
        glue = if sentence.space_after() { " " } else { "" };
    }
    documents
}

/// Sentences, words, tags and trees of a document.
pub fn predict_raw(reader: &Reader, document: &str) -> anyhow::Result<String> {
    let parse = reader.text().read_raw(document);
    let sentences = parse.sentences.iter().map(|sentence| written(document, sentence));
    Ok(["# newdoc\n".to_owned()].into_iter().chain(sentences).collect())
}

fn written(text: &str, sentence: &Sentence) -> String {
    let line = sentence.span.slice(text).unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
    let mut rows = vec![format!("# text = {line}")];
    let mut joined_to = 0;
    for (at, token) in sentence.tokens.iter().enumerate() {
        let last = last_written_together(text, sentence, at);
        if at >= joined_to && last > at {
            joined_to = last + 1;
            let whole = token.span.cover(sentence.tokens[last].span).slice(text).unwrap_or_default();
            rows.push(format!(
                "{}-{}\t{whole}\t_\t_\t_\t_\t_\t_\t_\t{}",
                at + 1,
                last + 1,
                misc(sentence, last)
            ));
        }
        let misc = if at < joined_to { "_" } else { misc(sentence, at) };
        rows.push(row(&(at + 1).to_string(), token.form(text), token, misc));
    }
    rows.join("\n") + "\n\n"
}

fn misc(sentence: &Sentence, at: usize) -> &'static str {
    let next = sentence.tokens.get(at + 1);
    if next.is_some_and(|next| next.span.start == sentence.tokens[at].span.end) {
        "SpaceAfter=No"
    } else {
        "_"
    }
}

/// The last word of the surface token that begins at `at`: UD English writes "don’t" and "Xi’s" as
/// one token of two words.
fn last_written_together(text: &str, sentence: &Sentence, at: usize) -> usize {
    let mut last = at;
    while let Some(next) = sentence.tokens.get(last + 1) {
        let before = &sentence.tokens[last];
        let letters =
            before.form(text).ends_with(char::is_alphabetic) && next.form(text).contains(char::is_alphabetic);
        if before.span.end != next.span.start || !(letters || &*next.xpos == "POS") {
            break;
        }
        last += 1;
    }
    last
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_keep_their_paragraphs() {
        let word = |form: &str, misc: &str| format!("1\t{form}\t_\tX\t_\t_\t0\troot\t_\t{misc}\n\n");
        let file = [
            "# newdoc\n",
            &word("One", "_"),
            "# newpar\n",
            &word("two", "SpaceAfter=No"),
            &word("three", "_"),
            "# newdoc\n",
            &word("four", "_"),
        ];
        assert_eq!(documents(&file.concat()), ["One\n\ntwothree", "four"]);
    }

    #[test]
    fn every_word_keeps_its_line_even_unread() {
        let reader = Reader::built_in().unwrap();
        let out = predict(&reader, "# x\n1-2\tXi’s\t_\t_\t_\t_\t_\t_\t_\t_\n1\tXi\t_\t_\t_\t_\t_\t_\t_\t_\n2\t’s\t_\t_\t_\t_\t_\t_\t_\t_\n").unwrap();
        assert_eq!(out.lines().filter(|line| line.contains('\t')).count(), 3);
    }
}
