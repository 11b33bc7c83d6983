//! Characters to sentences of tokens with UD tags and trees.
//!
//! The text is never rewritten: tokens, sentences and blocks are [`Span`](legation_record::Span)s
//! of the article as received. [`DepPath`] finds words by their place in the tree.

mod conllu;
pub mod graph;
mod language;
mod lexicon;
mod model;
mod parse;
mod path;
pub mod pattern;
mod reader;
mod split;
mod structure;
mod tokenise;
pub mod training;

pub use conllu::{kind_name, to_conllu};
pub use language::foreign;
pub use parse::{Block, BlockKind, Name, NameKind, Parse, Sentence, Token, Upos};
pub use path::{DepPath, PathError};
pub use reader::{ModelError, TaggedSentence, TextReader};
