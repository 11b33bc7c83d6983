use std::{
    path::{Path, PathBuf},
    thread,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use anyhow::{Result, ensure};
use clap::Args;
use legation_app::{
    Reader,
    add::{Added, add},
    record::Article,
};
use legation_fetch::{FetchFault, Fetcher, Limits, Tags, Watch as Feeds};
use legation_knowledge::Files;
use legation_ledger::Ledger;

use super::{files, print, tell};

/// Fetch pages from the network and read them into the ledger
///
/// This command and `watch` are the only ones that use the network. They obey robots.txt, wait between requests to one host, and do
/// not ask machines inside private networks.
#[derive(Debug, Args)]
pub struct Fetch {
    /// Addresses of pages
    #[arg(value_name = "URL", required = true)]
    urls: Vec<String>,

    #[command(flatten)]
    network: Network,
}

/// Look at feeds again and again and read what is new into the ledger
///
/// The file names feeds as TOML: `[[feed]]` with `url`, and, where wanted, `minutes` between two looks (30) and `pages = false` to
/// read the feed's own text only. What has been read is remembered beside it in FILE.state.json. Ends with Ctrl-C.
#[derive(Debug, Args)]
pub struct Watch {
    /// File of feeds
    #[arg(value_name = "FILE")]
    feeds: PathBuf,

    /// Look once at the feeds that are due and end
    #[arg(long)]
    once: bool,

    #[command(flatten)]
    network: Network,
}

#[derive(Debug, Args)]
struct Network {
    /// Permit addresses inside private networks and on this machine
    #[arg(long)]
    allow_private: bool,
}

impl Network {
    fn fetcher(&self) -> Fetcher {
        Fetcher::new(Limits { allow_private: self.allow_private, ..Limits::default() })
    }
}

/// Where fetched articles go.
struct Desk {
    ledger: Ledger,
    reader: Reader,
}

impl Desk {
    fn open(files: &Files, ledger: &Path) -> Result<Self> {
        Ok(Self { ledger: Ledger::open(ledger, files)?, reader: Reader::with(files)? })
    }

    fn add(&mut self, articles: Vec<Article>) -> Result<Added> {
        let added = add(&mut self.ledger, &self.reader, articles.into_iter().map(Ok), |_| {})?;
        self.ledger.settle()?;
        added.skipped.iter().for_each(|skipped| tell(format!("skipped: {}", skipped.what)));
        Ok(added)
    }
}

impl Fetch {
    pub fn run(self, knowledge: Option<&Path>, ledger: &Path) -> Result<()> {
        let mut desk = Desk::open(&files(knowledge)?, ledger)?;
        let mut fetcher = self.network.fetcher();
        let (mut articles, mut faults) = (Vec::new(), 0);
        for url in &self.urls {
            match fetched(&mut fetcher, url) {
                Ok(article) => articles.push(article),
                Err(why) => {
                    faults += 1;
                    tell(format!("skipped: {why}"));
                }
            }
        }
        let added = desk.add(articles)?;
        print(&told(&added, ledger))?;
        ensure!(
            faults == 0,
            "{faults} of {} pages could not be fetched\n  help: the lines above say which and why",
            self.urls.len()
        );
        Ok(())
    }
}

fn fetched(fetcher: &mut Fetcher, url: &str) -> Result<Article, String> {
    let answer = fetcher.fetch(url, &Tags::default()).map_err(|fault: FetchFault| fault.to_string())?;
    let page = answer.ok_or_else(|| format!("'{url}': nothing came"))?.page();
    page.map(|page| page.article).map_err(|why| format!("'{url}': {why}"))
}

fn told(added: &Added, ledger: &Path) -> String {
    format!("{} articles added to {}, {} were there already\n", added.added, ledger.display(), added.known)
}

impl Watch {
    pub fn run(self, knowledge: Option<&Path>, ledger: &Path) -> Result<()> {
        let mut feeds = Feeds::open(&self.feeds)?;
        let mut desk = Desk::open(&files(knowledge)?, ledger)?;
        let mut fetcher = self.network.fetcher();
        loop {
            let mut round = feeds.look(&mut fetcher, now());
            round.faults.iter().for_each(|fault| tell(format!("skipped: {fault}")));
            let added = desk.add(std::mem::take(&mut round.articles))?;
            print(&format!(
                "{} feeds looked at, {} unchanged; {}",
                round.looked,
                round.unchanged,
                told(&added, ledger)
            ))?;
            feeds.keep(round)?;
            if self.once {
                return Ok(());
            }
            let due = feeds.due().unwrap_or(u64::MAX);
            thread::sleep(Duration::from_secs(due.saturating_sub(now()).clamp(1, 3600)));
        }
    }
}

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}
