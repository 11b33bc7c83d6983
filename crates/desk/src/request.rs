use legation_ledger::query::Filter;
use legation_record::Date;

use crate::reply::Problem;

/// Rows of a part where none are asked for, and at most.
const ROWS: (usize, usize) = (50, 1000);

/// A request that was admitted.
#[derive(Debug)]
pub struct Request {
    pub method: String,
    /// The parts of the path.
    pub path: Vec<String>,
    /// What stands after the question mark.
    pub asked: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Request {
    pub fn new(method: String, url: &str, body: Vec<u8>) -> Result<Self, Problem> {
        let (path, asked) = url.split_once('?').unwrap_or((url, ""));
        let path: Vec<String> = path.split('/').map(|part| decoded(part, false)).collect::<Result<_, _>>()?;
        if path.iter().any(|part| part == ".." || part == "." || part.contains(['/', '\\', '\0'])) {
            return Err(Problem::nothing());
        }
        let pair = |pair: &str| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            Ok((decoded(name, true)?, decoded(value, true)?))
        };
        let asked = asked.split('&').filter(|it| !it.is_empty()).map(pair).collect::<Result<_, Problem>>()?;
        Ok(Self { method, path, asked, body })
    }

    /// A value that is there and not empty.
    pub fn get(&self, name: &str) -> Option<&str> {
        let found = self.asked.iter().find(|(one, value)| one == name && !value.is_empty());
        found.map(|(_, value)| value.as_str())
    }

    fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let named = self.asked.iter().filter(move |(one, value)| one == name && !value.is_empty());
        named.map(|(_, value)| value.as_str())
    }

    /// The words of the body.
    pub fn text(&self) -> Result<&str, Problem> {
        std::str::from_utf8(&self.body).map_err(|_| Problem::new(400, "the text is not UTF-8"))
    }

    pub fn day(&self, name: &str) -> Result<Option<Date>, Problem> {
        let parse = |text: &str| text.parse().map_err(|why| Problem::new(400, format!("{name}: {why}")));
        self.get(name).map(parse).transpose()
    }

    fn number(&self, name: &str) -> Result<Option<usize>, Problem> {
        let parse = |text: &str| text.parse().map_err(|_| Problem::new(400, format!("{name} is no number")));
        self.get(name).map(parse).transpose()
    }

    /// The filter asked for, with all rows.
    pub fn filter(&self) -> Result<Filter, Problem> {
        let owned = |name: &str| self.get(name).map(str::to_owned);
        Ok(Filter {
            kinds: self.all("kind").map(str::to_owned).collect(),
            actors: self.all("actor").map(str::to_owned).collect(),
            country: owned("country"),
            place: owned("place"),
            placed: false,
            status: owned("status"),
            ahead: self.get("ahead").is_some(),
            from: self.day("from")?,
            until: self.day("until")?,
            verdict: owned("verdict"),
            publisher: owned("publisher"),
            source: owned("source"),
            as_of: self.day("as_of")?,
            told_after: self.day("told_after")?,
            text: owned("text"),
            newest: self.get("newest").is_some(),
            limit: None,
            offset: None,
        })
    }

    /// How many rows from where on.
    pub fn part(&self) -> Result<(usize, usize), Problem> {
        let limit = self.number("limit")?.unwrap_or(ROWS.0).clamp(1, ROWS.1);
        Ok((limit, self.number("offset")?.unwrap_or_default()))
    }
}

fn decoded(text: &str, plus: bool) -> Result<String, Problem> {
    let broken = || Problem::new(400, "the address is not well formed");
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let mut digit = || rest.next().and_then(|it| char::from(it).to_digit(16)).ok_or_else(broken);
                (digit()? * 16 + digit()?) as u8
            }
            b'+' if plus => b' ',
            byte => byte,
        });
    }
    String::from_utf8(bytes).map_err(|_| broken())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(url: &str) -> Result<Request, Problem> {
        Request::new("GET".into(), url, Vec::new())
    }

    #[test]
    fn addresses_are_taken_apart_and_climbing_is_refused() {
        let request = ask("api/v1/events?actor=Xi+Jinping&actor=RUS&limit=9999&text=%22a%20b%22").unwrap();
        assert_eq!(request.path, ["api", "v1", "events"]);
        let filter = request.filter().unwrap();
        assert_eq!(filter.actors, ["Xi Jinping", "RUS"]);
        assert_eq!(filter.text.as_deref(), Some("\"a b\""));
        assert_eq!(request.part().unwrap(), (1000, 0));
        for bad in ["../x", "assets/%2e%2e/x", "assets/..%2fx", "a%zz", "a%ff", "a%0"] {
            assert!(ask(bad).is_err(), "{bad}");
        }
        assert!(ask("e?from=yesterday").unwrap().filter().is_err());
    }
}
