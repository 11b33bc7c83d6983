use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// The form under which names are compared: lower case, without accents, full stops, apostrophes and a leading article,
/// hyphens and white space as one space each.
///
/// ```
/// # use legation_knowledge::normalise;
/// assert_eq!(normalise("The  Élysée Palace"), "elysee palace");
/// assert_eq!(normalise("Kim Jong-un"), normalise("Kim Jong Un"));
/// assert_eq!(normalise("U.S."), "us");
/// ```
#[must_use]
pub fn normalise(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    if name.is_ascii() {
        name.chars().for_each(|c| push(&mut out, c.to_ascii_lowercase()));
    } else {
        name.nfd()
            .filter(|c| !is_combining_mark(*c))
            .flat_map(char::to_lowercase)
            .for_each(|c| push(&mut out, c));
    }
    out.truncate(out.trim_end().len());
    match out.strip_prefix("the ") {
        Some(rest) => rest.to_owned(),
        None => out,
    }
}

fn push(out: &mut String, c: char) {
    match c {
        '.' | '\'' | '’' | '‘' | 'ʻ' | 'ʼ' | ',' | '"' | '“' | '”' => {}
        '-' | '‐' | '‑' | '–' | '_' => push(out, ' '),
        'ı' => out.push('i'),
        'ł' => out.push('l'),
        'ø' => out.push('o'),
        'đ' => out.push('d'),
        'ß' => out.push_str("ss"),
        'æ' => out.push_str("ae"),
        c if c.is_whitespace() => {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        }
        c => out.push(c),
    }
}
