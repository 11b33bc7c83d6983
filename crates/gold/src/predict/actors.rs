use legation_app::Reader;
use legation_record::Date;
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Debug, Deserialize)]
struct Input {
    id: String,
    actor: String,
    #[serde(default)]
    context: Option<String>,
    #[serde(default)]
    date: Option<String>,
}

/// Country and sectors of an actor named by a few words.
pub fn predict(reader: &Reader, line: &str) -> anyhow::Result<Value> {
    let input: Input = serde_json::from_str(line)?;
    let on = input.date.as_deref().and_then(day_in_words);
    let code = reader.entities().actor(&input.actor, input.context.as_deref().unwrap_or_default(), on);
    Ok(json!({
        "id": input.id,
        "country": code.country,
        "code_1": code.code_1,
        "code_2": code.code_2,
        "name": code.name,
    }))
}

/// `2022-06-01`, `12 April 2022`; `today` is the newest the knowledge has: no date.
fn day_in_words(stated: &str) -> Option<Date> {
    super::day(Some(stated)).or_else(|| {
        let mut parts = stated.split_whitespace();
        let (day, month, year) =
            (parts.next()?.parse().ok()?, parts.next()?.to_lowercase(), parts.next()?.parse().ok()?);
        let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
        let month = months.iter().position(|name| month.starts_with(name))? as i8 + 1;
        Date::new(year, month, day)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_dates_in_words() {
        assert_eq!(day_in_words("12 April 2022"), Date::new(2022, 4, 12));
        assert_eq!(day_in_words("1 july 2021"), Date::new(2021, 7, 1));
        assert_eq!(day_in_words("2022-06-01"), Date::new(2022, 6, 1));
        assert_eq!(day_in_words("Today"), None);
    }
}
