use legation_app::Reader;
use legation_record::{Article, Date, Entity};
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
    let entity = alone(reader, &input.actor, on);
    let country = entity.as_ref().and_then(|it| it.country.clone());
    let around = || input.context.as_deref().filter(|it| !it.is_empty()).and_then(|it| alone(reader, it, on)?.country);
    Ok(answer(&input.id, entity.as_ref(), country.or_else(around)))
}

fn answer(id: &str, entity: Option<&Entity>, country: Option<String>) -> Value {
    let sector = |at: usize| entity.and_then(|it| it.sectors.get(at)).cloned().unwrap_or_default();
    json!({
        "id": id,
        "country": country.unwrap_or_default(),
        "code_1": sector(0),
        "code_2": sector(1),
        "name": entity.map(|it| it.name.clone()).unwrap_or_default(),
    })
}

fn alone(reader: &Reader, words: &str, on: Option<Date>) -> Option<Entity> {
    let mut article = Article::new(words);
    article.meta.published = on;
    let entities = reader.read(article).entities;
    entities.into_iter().max_by_key(|entity| entity.mentions.first().map_or(0, |mention| mention.span.len()))
}

/// `2022-06-01`, `12 April 2022`; `today` is the newest the knowledge has: no date.
fn day_in_words(stated: &str) -> Option<Date> {
    super::day(Some(stated)).or_else(|| {
        let mut parts = stated.split_whitespace();
        let (day, month, year) = (parts.next()?.parse().ok()?, parts.next()?.to_lowercase(), parts.next()?.parse().ok()?);
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
