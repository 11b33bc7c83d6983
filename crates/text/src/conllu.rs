use std::fmt::Write as _;

use legation_record::{CodePoints, Span};

use crate::{BlockKind, NameKind, Parse, Sentence, Token};

/// A parse as CoNLL-U 2.
///
/// Words that are written together without a mark between them ("can" and "not", "Oslo" and "'s") stand under a
/// multi-word token, as in EWT and GUM. MISC has `SpaceAfter=No`, `TokenRange=start:end` in code points of the article, end
/// excluded, and `Name=B-PER` (BIO; PER, STATE, NORP, LOC, ORG, FAC, EVENT, LAW, MISC) on the words of a name.
/// `# newpar` begins every block, `# block` says what it is. `# text` has one space wherever the article has
/// white space; list marks and the dash after a dateline belong to no sentence.
#[must_use]
pub fn to_conllu(text: &str, parse: &Parse) -> String {
    let points = CodePoints::new(text);
    let mut out = String::from("# newdoc\n");
    let mut block = None;
    for (number, sentence) in parse.sentences.iter().enumerate() {
        if block != Some(sentence.block) {
            block = Some(sentence.block);
            out.push_str("# newpar\n");
            if let Some(block) = parse.blocks.get(sentence.block) {
                let _ = writeln!(out, "# block = {}", block_name(block.kind));
            }
        }
        let _ = writeln!(out, "# sent_id = {}", number + 1);
        let _ = writeln!(out, "# text = {}", flat(text, sentence));
        rows(text, sentence, &points, &mut out);
        out.push('\n');
    }
    out
}

fn block_name(kind: BlockKind) -> &'static str {
    match kind {
        BlockKind::Title => "title",
        BlockKind::Byline => "byline",
        BlockKind::Dateline => "dateline",
        BlockKind::Paragraph => "paragraph",
        BlockKind::ListItem => "list-item",
    }
}

/// The words with one space where there is room between them.
fn flat(text: &str, sentence: &Sentence) -> String {
    let mut line = String::new();
    for (at, token) in sentence.tokens.iter().enumerate() {
        line.push_str(token.form(text));
        if sentence.tokens.get(at + 1).is_some_and(|next| next.span.start > token.span.end) {
            line.push(' ');
        }
    }
    line
}

fn rows(text: &str, sentence: &Sentence, points: &CodePoints, out: &mut String) {
    let tokens = &sentence.tokens;
    let mut inside = 0;
    for (at, token) in tokens.iter().enumerate() {
        if at >= inside {
            inside = at + together(text, &tokens[at..]);
            if inside > at + 1 {
                let whole = token.span.cover(tokens[inside - 1].span);
                let gap = gap(text, whole);
                let misc = if gap { "_" } else { "SpaceAfter=No" };
                let form = whole.slice(text).unwrap_or_default();
                let _ = writeln!(out, "{}-{inside}\t{form}\t_\t_\t_\t_\t_\t_\t_\t{misc}", at + 1);
            }
        }
        let single = inside == at + 1 && together_with_last(text, tokens, at).is_none();
        let glued = single && !gap(text, token.span);
        row(text, sentence, at, glued, points, out);
    }
}

/// Whether white space, or nothing at all, follows a span.
fn gap(text: &str, span: Span) -> bool {
    text.get(span.end..).and_then(|rest| rest.chars().next()).is_none_or(crate::tokenise::is_blank)
}

fn row(text: &str, sentence: &Sentence, at: usize, glued: bool, points: &CodePoints, out: &mut String) {
    let token = &sentence.tokens[at];
    let (start, end) = points.span(token.span);
    let mut misc = Vec::with_capacity(3);
    if let Some(name) = sentence.name_at(at) {
        let place = if name.first == at { 'B' } else { 'I' };
        misc.push(format!("Name={place}-{}", kind_name(name.kind)));
    }
    if glued {
        misc.push("SpaceAfter=No".to_owned());
    }
    misc.push(format!("TokenRange={start}:{end}"));
    let head = token.head.map_or(0, |head| head + 1);
    let (form, misc) = (token.form(text), misc.join("|"));
    let Token { lemma, xpos, feats, deprel, .. } = token;
    let upos = token.upos.name();
    let _ =
        writeln!(out, "{}\t{form}\t{lemma}\t{upos}\t{xpos}\t{feats}\t{head}\t{deprel}\t_\t{misc}", at + 1);
}

/// How CoNLL-U output and the model's labels call a kind of name.
#[must_use]
pub fn kind_name(kind: NameKind) -> &'static str {
    match kind {
        NameKind::Person => "PER",
        NameKind::State => "STATE",
        NameKind::Nationality => "NORP",
        NameKind::Place => "LOC",
        NameKind::Organisation => "ORG",
        NameKind::Facility => "FAC",
        NameKind::Event => "EVENT",
        NameKind::Law => "LAW",
        NameKind::Other => "MISC",
    }
}

/// How many of the first tokens are one written word.
fn together(text: &str, tokens: &[Token]) -> usize {
    let joined = |pair: &&[Token]| belong(text, &pair[0], &pair[1]);
    1 + tokens.windows(2).take_while(joined).count()
}

fn together_with_last(text: &str, tokens: &[Token], at: usize) -> Option<usize> {
    let before = at.checked_sub(1)?;
    belong(text, &tokens[before], &tokens[at]).then_some(before)
}

fn belong(text: &str, left: &Token, right: &Token) -> bool {
    if left.span.end != right.span.start {
        return false;
    }
    let letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
    let (before, after) = (left.form(text).chars().next_back(), right.form(text).chars());
    let word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '.');
    let clitic =
        after.clone().next().is_some_and(|c| matches!(c, '\'' | '’' | '`')) && letter(after.clone().nth(1));
    let possessive =
        after.clone().count() == 1 && matches!(right.form(text), "'" | "’") && *right.xpos == *"POS";
    (letter(before) && letter(after.clone().next())) || (word(before) && (clitic || possessive))
}

#[cfg(test)]
mod tests {
    use legation_knowledge::Files;
    use legation_record::Article;

    use super::*;
    use crate::TextReader;

    #[test]
    fn words_written_together_stand_under_one_token() {
        let text = "Oslo's envoy can't wait (yet).\n- They won.";
        let reader = TextReader::load(&Files::built_in()).unwrap();
        let out = to_conllu(text, &reader.read(&Article::new(text)));
        let ids: Vec<&str> = out
            .lines()
            .filter(|line| line.starts_with(|c: char| c.is_ascii_digit()))
            .map(|line| line.split('\t').next().unwrap())
            .collect();
        let expected = ["1-2", "1", "2", "3", "4-5", "4", "5", "6", "7", "8", "9", "10", "1", "2", "3"];
        assert_eq!(ids, expected);
        assert!(out.contains("# text = They won.\n"));
        assert!(out.contains("# block = list-item\n"));
        assert!(
            out.lines()
                .any(|line| line.starts_with("7\t(\t") && line.contains("SpaceAfter=No|TokenRange=24:25"))
        );
        assert!(
            out.lines()
                .all(|line| line.is_empty() || line.starts_with('#') || line.split('\t').count() == 10)
        );
    }
}
