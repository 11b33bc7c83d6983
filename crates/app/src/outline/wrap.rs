use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Columns a text takes.
pub(super) fn width(text: &str) -> usize {
    text.width()
}

/// Breaks characters into rows of at most `room` columns, at spaces where there are any.
/// White space at a break is dropped; a word longer than a row is broken.
pub(super) fn wrap<T: Copy>(chars: impl Iterator<Item = (char, T)>, room: usize) -> Vec<Vec<(char, T)>> {
    let mut rows = vec![Vec::new()];
    let mut used = 0;
    let mut word: Vec<(char, T)> = Vec::new();
    let mut space: Vec<(char, T)> = Vec::new();
    for (ch, ink) in chars {
        if ch.is_whitespace() {
            put(&mut rows, &mut used, room, &mut space, &mut word);
            space.push((' ', ink));
        } else {
            word.push((ch, ink));
        }
    }
    put(&mut rows, &mut used, room, &mut space, &mut word);
    rows
}

fn put<T: Copy>(
    rows: &mut Vec<Vec<(char, T)>>,
    used: &mut usize,
    room: usize,
    space: &mut Vec<(char, T)>,
    word: &mut Vec<(char, T)>,
) {
    if word.is_empty() {
        return;
    }
    let columns: usize = word.iter().map(|(ch, _)| ch.width().unwrap_or(0)).sum();
    if *used > 0 && *used + space.len() + columns > room {
        rows.push(Vec::new());
        *used = 0;
    } else {
        *used += space.len();
        push_all(rows, space);
    }
    space.clear();
    for one in word.drain(..) {
        let columns = one.0.width().unwrap_or(0);
        if *used > 0 && *used + columns > room {
            rows.push(Vec::new());
            *used = 0;
        }
        *used += columns;
        push_all(rows, &[one]);
    }
}

fn push_all<T: Copy>(rows: &mut [Vec<(char, T)>], chars: &[(char, T)]) {
    rows.iter_mut().last().into_iter().for_each(|row| row.extend_from_slice(chars));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str, room: usize) -> Vec<String> {
        let rows = wrap(text.chars().map(|ch| (ch, ())), room);
        rows.into_iter().map(|row| row.into_iter().map(|(ch, ())| ch).collect()).collect()
    }

    #[test]
    fn rows_end_at_spaces_and_never_pass_the_edge() {
        assert_eq!(rows("one two three", 7), ["one two", "three"]);
        assert_eq!(rows("abcdefgh ij", 3), ["abc", "def", "gh", "ij"]);
        assert_eq!(rows("习近平 访问", 6), ["习近平", "访问"]);
        assert_eq!(rows("", 5), [""]);
    }
}
