use std::time::Duration;

/// Longest `robots.txt` that is looked at, as RFC 9309 asks for at least.
pub(crate) const MOST: u64 = 512 << 10;
/// Rules kept.
const RULES: usize = 5000;
const LONGEST_DELAY: u64 = 60;

/// What a site asks of programs (`robots.txt`, RFC 9309).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Robots {
    rules: Vec<(bool, String)>,
    /// How long to wait between requests, where the site says so.
    pub delay: Option<Duration>,
}

impl Robots {
    /// The rules for `agent`: those of its own group, or else those for all.
    ///
    /// ```
    /// use legation_fetch::Robots;
    /// let robots = Robots::parse("User-agent: *\nDisallow: /private/\nAllow: /private/press$\n", "legation");
    /// assert!(robots.allows("/news") && robots.allows("/private/press"));
    /// assert!(!robots.allows("/private/x"));
    /// ```
    #[must_use]
    pub fn parse(text: &str, agent: &str) -> Self {
        let (mut own, mut all) = (None::<Self>, Self::default());
        let (mut names, mut in_rules) = (Vec::<String>::new(), false);
        for (key, value) in text.lines().filter_map(line) {
            if key == "user-agent" {
                if std::mem::take(&mut in_rules) {
                    names.clear();
                }
                names.push(value.to_lowercase());
                continue;
            }
            in_rules = true;
            if names.iter().any(|name| {
                !name.is_empty() && name != "*" && agent.to_lowercase().starts_with(name.as_str())
            }) {
                own.get_or_insert_default().take(&key, value);
            }
            if names.iter().any(|name| name == "*") {
                all.take(&key, value);
            }
        }
        own.unwrap_or(all)
    }

    fn take(&mut self, key: &str, value: &str) {
        match key {
            "allow" | "disallow" if !value.is_empty() && self.rules.len() < RULES => {
                self.rules.push((key == "allow", value.to_owned()))
            }
            "crawl-delay" => {
                self.delay = value
                    .parse::<f64>()
                    .ok()
                    .filter(|seconds| *seconds >= 0.0)
                    .map(|seconds| Duration::from_secs_f64(seconds.min(LONGEST_DELAY as f64)))
            }
            _ => {}
        }
    }

    /// Whether a path (with its query) may be fetched: the longest rule that matches decides, `Allow` among equals.
    #[must_use]
    pub fn allows(&self, path: &str) -> bool {
        let matching = self.rules.iter().filter(|(_, pattern)| matches(pattern, path));
        matching.max_by_key(|(allow, pattern)| (pattern.len(), *allow)).is_none_or(|(allow, _)| *allow)
    }
}

fn line(line: &str) -> Option<(String, &str)> {
    let line = line.split('#').next()?;
    let (key, value) = line.split_once(':')?;
    Some((key.trim().to_lowercase(), value.trim()))
}

/// `*` stands for anything, `$` at the end for the end. Greedy from the left, so linear in the path for each star.
fn matches(pattern: &str, path: &str) -> bool {
    let (pattern, anchored) = pattern.strip_suffix('$').map_or((pattern, false), |pattern| (pattern, true));
    let mut parts = pattern.split('*');
    let Some(mut rest) = path.strip_prefix(parts.next().unwrap_or_default()) else { return false };
    let parts: Vec<&str> = parts.collect();
    let Some((last, between)) = parts.split_last() else { return !anchored || rest.is_empty() };
    for part in between {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    if anchored { rest.ends_with(last) } else { rest.contains(last) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_group_goes_before_all() {
        let text = "User-agent: *\nDisallow: /\n\nUser-agent: other\nUser-agent: Legation # us\nDisallow: /search\nCrawl-delay: 2.5\n";
        let robots = Robots::parse(text, "legation");
        assert!(robots.allows("/news") && !robots.allows("/search?q=x"));
        assert_eq!(robots.delay, Some(Duration::from_millis(2500)));
        assert!(!Robots::parse(text, "else").allows("/news"));
    }

    #[test]
    fn stars_and_ends() {
        assert!(matches("/*.pdf$", "/a/b.pdf") && !matches("/*.pdf$", "/a/b.pdf?x"));
        assert!(matches("/a*c", "/abcd") && !matches("/a*c$", "/abcd") && !matches("/b", "/a/b"));
        assert!(Robots::parse("", "legation").allows("/"));
        assert!(Robots::parse("User-agent: *\nDisallow:\n", "legation").allows("/"));
        assert!(Robots::parse("Disallow: /\n", "legation").allows("/"));
    }
}
