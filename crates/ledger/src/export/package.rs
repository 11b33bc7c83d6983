use serde_json::{Value, json};

/// The description of an export's tables (Data Package): `datapackage.json`.
#[must_use]
pub fn datapackage(digest: &str) -> String {
    let resources = [resource("events", super::csv::EVENTS), resource("tellings", super::csv::ACCOUNTS)];
    let package = json!({
        "name": "legation-ledger",
        "version": digest,
        "description": "Events and what single articles tell of them. An event has one telling or many; offsets count code points.",
        "resources": resources,
    });
    format!("{package:#}\n")
}

fn resource(name: &str, header: &str) -> Value {
    let fields: Vec<Value> =
        header.trim_end().split(',').map(|field| json!({ "name": field, "type": kind(field) })).collect();
    json!({
        "name": name,
        "path": format!("{name}.csv"),
        "profile": "tabular-data-resource",
        "schema": { "fields": fields, "primaryKey": name.trim_end_matches('s') },
    })
}

fn kind(field: &str) -> &'static str {
    match field {
        "earliest" | "latest" | "published" => "date",
        "latitude" | "longitude" => "number",
        "articles" | "independent" | "publishers" | "sources" | "start" | "end" => "integer",
        _ => "string",
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_column_is_described() {
        let package: serde_json::Value = serde_json::from_str(&super::datapackage("x")).unwrap();
        let fields = |at: usize| package["resources"][at]["schema"]["fields"].as_array().unwrap().len();
        assert_eq!((fields(0), fields(1)), (27, 18));
        assert_eq!(package["resources"][1]["schema"]["primaryKey"], "telling");
    }
}
