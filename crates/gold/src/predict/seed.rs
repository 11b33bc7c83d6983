use legation_app::Reader;
use legation_record::Article;

/// The whole record of an article given as bare text.
pub fn predict(reader: &Reader, text: &str) -> anyhow::Result<String> {
    Ok(serde_json::to_string(&reader.read(Article::new(text)))? + "\n")
}
