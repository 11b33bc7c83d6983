use legation_record::{Record, Span};

/// What a marked stretch of the article shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Layer {
    /// A time expression.
    Time,
    /// The words that attribute.
    Cue,
    /// The words that evoke an event.
    Event,
    /// Somebody or something.
    Entity,
    /// A point of a plan, or what the plan leaves out.
    Point,
    /// What somebody says.
    Content,
}

impl Layer {
    /// Every layer; the first wins where several cover the same words and only one can show.
    pub const ALL: [Layer; 6] =
        [Layer::Time, Layer::Cue, Layer::Event, Layer::Entity, Layer::Point, Layer::Content];

    /// For legends.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Layer::Time => "times",
            Layer::Cue => "attributions",
            Layer::Event => "events",
            Layer::Entity => "people and states",
            Layer::Point => "points of plans",
            Layer::Content => "words of others",
        }
    }

    fn index(self) -> usize {
        self as usize
    }
}

/// A stretch of the article and the layer that marks it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// The characters.
    pub span: Span,
    /// What they show.
    pub layer: Layer,
}

/// A set of layers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Layers([bool; 6]);

impl Layers {
    /// Whether the layer is in the set.
    #[must_use]
    pub fn has(self, layer: Layer) -> bool {
        self.0[layer.index()]
    }

    /// The layers in the set, strongest first.
    pub fn iter(self) -> impl Iterator<Item = Layer> {
        Layer::ALL.into_iter().filter(move |layer| self.has(*layer))
    }
}

/// A stretch of the text over which the set of layers does not change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Segment {
    /// The characters.
    pub span: Span,
    /// The layers over them.
    pub layers: Layers,
}

/// The marks of a record.
#[must_use]
pub fn marks(record: &Record) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut add = |layer: Layer, span: Span| marks.push(Mark { span, layer });
    record.times.iter().for_each(|time| add(Layer::Time, time.span));
    for entity in &record.entities {
        entity.mentions.iter().for_each(|mention| add(Layer::Entity, mention.span));
    }
    for one in &record.attributions {
        one.cue.iter().for_each(|span| add(Layer::Cue, *span));
        one.content.iter().for_each(|span| add(Layer::Content, *span));
    }
    record.events.iter().for_each(|event| add(Layer::Event, event.trigger));
    for proposal in &record.proposals {
        proposal.points.iter().for_each(|point| add(Layer::Point, point.span));
        proposal.omits.iter().for_each(|omission| add(Layer::Point, omission.span));
    }
    marks
}

/// Splits the text where a mark begins or ends, and at `cuts` besides. Marks and cuts that do not
/// hold in the text are passed over.
#[must_use]
pub fn segments(text: &str, marks: &[Mark], cuts: &[usize]) -> Vec<Segment> {
    let mut changes: Vec<(usize, Option<Layer>, i32)> = Vec::new();
    for mark in marks.iter().filter(|mark| mark.span.slice(text).is_some_and(|words| !words.is_empty())) {
        changes.push((mark.span.start, Some(mark.layer), 1));
        changes.push((mark.span.end, Some(mark.layer), -1));
    }
    let cuts = cuts.iter().filter(|cut| text.is_char_boundary(**cut));
    changes.extend(cuts.map(|cut| (*cut, None, 0)));
    changes.push((text.len(), None, 0));
    changes.sort_unstable();
    sweep(&changes)
}

fn sweep(changes: &[(usize, Option<Layer>, i32)]) -> Vec<Segment> {
    let mut open = [0_i32; 6];
    let mut from = 0;
    let mut segments = Vec::new();
    for (at, layer, step) in changes {
        if *at > from {
            segments
                .push(Segment { span: Span::new(from, *at), layers: Layers(open.map(|count| count > 0)) });
            from = *at;
        }
        layer.iter().for_each(|layer| open[layer.index()] += step);
    }
    segments
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, marks: &[Mark], cuts: &[usize]) -> Vec<(String, Vec<Layer>)> {
        let segments = segments(text, marks, cuts).into_iter();
        segments.map(|it| (it.span.slice(text).unwrap().to_owned(), it.layers.iter().collect())).collect()
    }

    fn mark(start: usize, end: usize, layer: Layer) -> Mark {
        Mark { span: Span::new(start, end), layer }
    }

    #[test]
    fn nested_and_overlapping_marks_split_the_text() {
        let marks = [mark(0, 5, Layer::Entity), mark(2, 3, Layer::Event), mark(4, 7, Layer::Content)];
        let expected = [
            ("ab", vec![Layer::Entity]),
            ("c", vec![Layer::Event, Layer::Entity]),
            ("d", vec![Layer::Entity]),
            ("e", vec![Layer::Entity, Layer::Content]),
            ("fg", vec![Layer::Content]),
            ("hi", vec![]),
        ];
        assert_eq!(shown("abcdefghi", &marks, &[]), expected.map(|(text, layers)| (text.to_owned(), layers)));
    }

    #[test]
    fn marks_that_do_not_hold_are_passed_over() {
        let marks = [mark(1, 2, Layer::Time), mark(0, 90, Layer::Time), mark(2, 2, Layer::Time)];
        assert_eq!(shown("é!", &marks, &[1]), [("é!".to_owned(), vec![])]);
        assert!(segments("", &marks, &[]).is_empty());
    }
}
