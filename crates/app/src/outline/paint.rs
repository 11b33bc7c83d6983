use std::fmt::Write as _;

use anstyle::{AnsiColor, Effects, Style};

use crate::view::{Layer, words::harmless};

/// What a stretch of text is, for its colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ink {
    Plain,
    Title,
    Head,
    Faint,
    Quote,
    Real,
    Coming,
    Off,
    Open,
    Mark(Layer),
}

/// Colours text, or leaves it as it is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Paint(pub(super) bool);

impl Paint {
    /// Whatever the text, no style but ours comes out.
    pub(super) fn with(self, ink: Ink, text: &str) -> String {
        let text: String = text.chars().map(harmless).collect();
        let style = if self.0 { style(ink) } else { Style::new() };
        format!("{style}{text}{style:#}")
    }

    /// A row of characters, escape codes only where the ink changes.
    pub(super) fn row(self, row: &[(char, Ink)]) -> String {
        let mut text = String::new();
        for stretch in row.chunk_by(|a, b| a.1 == b.1) {
            let words: String = stretch.iter().map(|(ch, _)| *ch).collect();
            let _ = write!(text, "{}", self.with(stretch[0].1, &words));
        }
        text
    }
}

fn style(ink: Ink) -> Style {
    let color = |color: AnsiColor| Style::new().fg_color(Some(color.into()));
    match ink {
        Ink::Plain => Style::new(),
        Ink::Title => Style::new().effects(Effects::BOLD),
        Ink::Head => Style::new().effects(Effects::BOLD),
        Ink::Faint => Style::new().effects(Effects::DIMMED),
        Ink::Quote => Style::new().effects(Effects::ITALIC),
        Ink::Real => color(AnsiColor::Green),
        Ink::Coming => color(AnsiColor::Blue),
        Ink::Off => color(AnsiColor::Red),
        Ink::Open => color(AnsiColor::Yellow),
        Ink::Mark(layer) => mark(layer),
    }
}

fn mark(layer: Layer) -> Style {
    let underlined = |color: AnsiColor| Style::new().fg_color(Some(color.into())).effects(Effects::UNDERLINE);
    match layer {
        Layer::Time => underlined(AnsiColor::Yellow),
        Layer::Cue => underlined(AnsiColor::Magenta),
        Layer::Event => underlined(AnsiColor::Green).effects(Effects::UNDERLINE | Effects::BOLD),
        Layer::Entity => underlined(AnsiColor::Cyan),
        Layer::Point => Style::new().fg_color(Some(AnsiColor::Blue.into())),
        Layer::Content => Style::new(),
    }
}
