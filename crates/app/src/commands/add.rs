use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::atomic::Ordering,
    time::Instant,
};

use anyhow::Result;
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use legation_app::{
    Reader,
    add::{Added, add, add_records},
    record::{Article, Date},
    records::records,
    source::{Reason, Skipped, Sources},
};
use legation_ledger::{Ledger, Settled};

use super::{files, print, tell};

/// Read articles into the ledger
///
/// A path is a saved page (.html), plain text (.txt, .md), a feed (.xml, .rss, .atom, JSON feed), a web archive (.warc), a message
/// (.eml), a file of one JSON object a line (.jsonl) with `text` and, where known, `id`, `date`, `title`, `url` and `source`, any of
/// these packed with gzip, or a folder of all that; - reads standard input. Articles in other languages than English are counted and left out. An article that the ledger has already
/// is passed over, so an interrupted run is taken up again by the same command.
#[derive(Debug, Args)]
pub struct Add {
    /// Files and folders
    #[arg(value_name = "PATH", required_unless_present = "records")]
    paths: Vec<PathBuf>,

    /// Records that were read elsewhere, in JSON as `legation read --format json` prints it, any number in a file, one a line or
    /// not; may be given several times
    #[arg(long, value_name = "FILE")]
    records: Vec<PathBuf>,

    /// Day on which articles without a date of their own were published, YYYY-MM-DD
    #[arg(long, value_name = "DATE")]
    published: Option<Date>,

    /// Leave out articles published before this day
    #[arg(long, value_name = "DATE")]
    from: Option<Date>,

    /// Leave out articles published after this day
    #[arg(long, value_name = "DATE")]
    until: Option<Date>,

    /// How many articles to read at once, 1 to 1024; otherwise one for each core
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=MOST_THREADS))]
    threads: Option<u16>,
}

const BAR: &str = "{bar:24} {percent}% · {msg} · {elapsed} gone, {eta} to go";

/// More than any machine has cores. Each takes memory for its own copy of what the language model works on.
const MOST_THREADS: i64 = 1024;

/// Skipped articles told one by one.
const SHOWN: usize = 20;

impl Add {
    pub fn run(self, knowledge: Option<&Path>, ledger: &Path) -> Result<()> {
        let files = files(knowledge)?;
        let sources = Sources::new(&self.paths)?;
        let (total, read) = sources.progress();
        let total =
            total + self.records.iter().filter_map(|path| Some(path.metadata().ok()?.len())).sum::<u64>();
        let records = records(&self.records, &read)?;
        let mut ledger = Ledger::open(ledger, &files)?;
        let newest = ledger.newest()?;
        if let Some(threads) = self.threads {
            rayon::ThreadPoolBuilder::new().num_threads(threads.into()).build_global()?;
        }
        let start = Instant::now();
        let bar = ProgressBar::new(total).with_style(ProgressStyle::with_template(BAR)?);
        let show = |so_far: &Added| {
            bar.set_position(read.load(Ordering::Relaxed).min(total));
            bar.set_message(format!("{} articles", so_far.added + so_far.known));
        };
        let wanted = records.filter(|one| one.as_ref().map_or(true, |record| self.timely(&record.article)));
        let mut added = add_records(&mut ledger, wanted, show)?;
        if !self.paths.is_empty() {
            let reader = Reader::with(&files)?;
            let wanted = sources.articles().filter_map(|article| self.wanted(article));
            added = added.and(add(&mut ledger, &reader, wanted, show)?);
        }
        bar.finish_and_clear();
        let settled = ledger.settle()?;
        let revised = ledger.revised(newest)?;
        added.skipped.iter().take(SHOWN).for_each(|Skipped { what, .. }| tell(format!("skipped: {what}")));
        print(&summary(&added, revised, &settled, start.elapsed().as_secs_f64(), ledger.path()))?;
        let faults = added.skipped.iter().filter(|skipped| skipped.reason == Reason::Fault).count();
        anyhow::ensure!(
            faults == 0,
            "{faults} of the inputs could not be read\n  help: the lines above say which and why; all others are in the ledger"
        );
        Ok(())
    }

    fn wanted(&self, article: Result<Article, Skipped>) -> Option<Result<Article, Skipped>> {
        let Ok(mut article) = article else { return Some(article) };
        article.meta.published = article.meta.published.or(self.published);
        self.timely(&article).then_some(Ok(article))
    }

    fn timely(&self, article: &Article) -> bool {
        let day = article.meta.published;
        let early = self.from.is_some_and(|from| day.is_some_and(|day| day < from));
        let late = self.until.is_some_and(|until| day.is_some_and(|day| day > until));
        !early && !late
    }
}

fn summary(added: &Added, revised: u64, settled: &Settled, seconds: f64, ledger: &Path) -> String {
    let Added { added: new, known, words, events, skipped } = added;
    let speed = *words as f64 / seconds.max(0.001);
    let mut lines =
        vec![format!("{new} articles added to {}, {events} events told in them", ledger.display())];
    if *known > 0 {
        lines.push(format!("{known} were there already"));
    }
    if revised > 0 {
        lines.push(format!(
            "{revised} are new versions of articles that were there: same address, another text"
        ));
    }
    if !skipped.is_empty() {
        lines.push(format!("{} skipped: {}", skipped.len(), reasons(skipped)));
    }
    let Settled { events: merged, tellings, changed } = settled;
    lines.push(format!("{merged} events from {tellings} tellings, {changed} of them new or changed"));
    lines.push(format!("{words} words in {seconds:.1} s, {speed:.0} words a second"));
    lines.join("\n") + "\n"
}

/// How many for which reason, most first.
fn reasons(skipped: &[Skipped]) -> String {
    let mut counts: BTreeMap<&Reason, usize> = BTreeMap::new();
    skipped.iter().for_each(|skipped| *counts.entry(&skipped.reason).or_default() += 1);
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let words = counts.into_iter().map(|(reason, count)| match reason {
        Reason::Language(name) => format!("{count} in {name}"),
        Reason::NoText => format!("{count} without running text"),
        Reason::Fault => format!("{count} could not be read"),
    });
    words.collect::<Vec<_>>().join(", ")
}
