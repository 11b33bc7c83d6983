use crate::tokenise::floor;

/// Shorter texts are taken for English; of longer ones this much is looked at.
const LEAST: usize = 200;
const SAMPLE: usize = 8192;

/// The name of the language of a text, where it is plainly another than English.
#[must_use]
pub fn foreign(text: &str) -> Option<&'static str> {
    let sample = &text[..floor(text, SAMPLE)];
    if sample.chars().filter(|c| c.is_alphabetic()).take(LEAST).count() < LEAST {
        return None;
    }
    let found = whatlang::detect(sample)?;
    (found.lang() != whatlang::Lang::Eng && found.is_reliable()).then(|| found.lang().eng_name())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_english_from_other_languages() {
        let english = "The two ministers met in Vienna and agreed that the talks should go on. ".repeat(5);
        let german = "Die beiden Minister trafen sich in Wien und waren sich einig, dass die Gespräche weitergehen sollen. ".repeat(5);
        let russian =
            "Министры встретились в Вене и решили продолжить переговоры в следующем месяце. ".repeat(5);
        assert_eq!(foreign(&english), None);
        assert_eq!(foreign(&german), Some("German"));
        assert_eq!(foreign(&russian), Some("Russian"));
        assert_eq!(foreign("Guten Tag"), None);
    }
}
