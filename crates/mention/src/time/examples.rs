//! Runs the examples that every rule carries.

use legation_record::{Article, Timex};
use legation_text::Parse;

use super::{TimeReader, rule::Example};

impl TimeReader {
    /// Examples that a rule does not keep, as `file:line: what is wrong`; empty when all is well.
    ///
    /// Examples are read without trees, so that they hold whatever the language model says.
    #[must_use]
    pub fn broken_examples(&self) -> Vec<String> {
        let rules = self.book.rules.iter();
        let examples =
            rules.flat_map(|rule| rule.fires.iter().chain(&rule.silent).map(|example| (&rule.id, example)));
        examples.filter_map(|(id, example)| self.fault(example, id)).collect()
    }

    fn fault(&self, example: &Example, id: &str) -> Option<String> {
        let text = example.text.replace(['[', ']'], "");
        let mut article = Article::new(text.clone());
        article.meta.published = example.published;
        let times = self.read(&article, &Parse::default()).times;
        let wrong = if example.value.is_empty() {
            fires(&times, &text, id)
        } else {
            misses(&times, &text, example, id)
        };
        wrong.map(|wrong| format!("{}:{}: {wrong}", example.file, example.line))
    }
}

/// What is wrong with a counter-example.
fn fires(times: &[Timex], text: &str, id: &str) -> Option<String> {
    let fired = times.iter().find(|time| time.evidence.by == id)?;
    Some(format!("{id} fires on [{}]", fired.span.slice(text).unwrap_or_default()))
}

/// What is wrong with an example.
fn misses(times: &[Timex], text: &str, example: &Example, id: &str) -> Option<String> {
    let wanted = example.text.split(['[', ']']).nth(1).unwrap_or_default();
    let start = example.text.find('[').unwrap_or(0);
    match times.iter().find(|time| time.span.start == start && time.span.slice(text) == Some(wanted)) {
        Some(time) if time.value == example.value && time.evidence.by == id => None,
        Some(time) => Some(format!(
            "[{wanted}] is {} by {}, not {} by {id}",
            time.value, time.evidence.by, example.value
        )),
        None => {
            let found: Vec<&str> = times.iter().filter_map(|time| time.span.slice(text)).collect();
            Some(format!("{id} does not find [{wanted}]; found: {}", found.join(", ")))
        }
    }
}
