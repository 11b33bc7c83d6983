//! Events and their words for the web of data.

use serde_json::{Value, json};

use crate::query::{Account, EventRow, MemberRow};

/// Tellings as a W3C Web Annotation page: each names its event and targets its words by position and quotation.
#[must_use]
pub fn web_annotation(events: &[EventRow]) -> String {
    let items: Vec<Value> = events
        .iter()
        .flat_map(|event| event.tellings.iter().map(move |account| annotation(event, account)))
        .collect();
    let page =
        json!({ "@context": "http://www.w3.org/ns/anno.jsonld", "type": "AnnotationPage", "items": items });
    format!("{page:#}\n")
}

fn urn(id: &str) -> String {
    format!("urn:legation:{id}")
}

/// Where the article is; without an address, its id.
fn address(account: &Account) -> String {
    account.url.clone().unwrap_or_else(|| urn(&account.article))
}

fn annotation(event: &EventRow, account: &Account) -> Value {
    let value = format!("{} ({})", event.title, account.status);
    let quote = account.quote.strip_suffix('…').unwrap_or(&account.quote);
    json!({
        "id": urn(&account.telling),
        "type": "Annotation",
        "motivation": "describing",
        "body": [
            { "id": urn(&event.id), "type": "SpecificResource", "purpose": "identifying" },
            { "type": "TextualBody", "purpose": "describing", "format": "text/plain", "value": value },
        ],
        "target": {
            "type": "SpecificResource",
            "source": address(account),
            "selector": [
                { "type": "TextPositionSelector", "start": account.start, "end": account.end },
                { "type": "TextQuoteSelector", "exact": quote },
            ],
        },
    })
}

/// Events as JSON-LD in the words of schema.org.
#[must_use]
pub fn json_ld(events: &[EventRow]) -> String {
    let graph: Vec<Value> = events.iter().map(node).collect();
    let context = json!({
        "@vocab": "https://schema.org/",
        "status": "urn:legation:status",
        "kind": "urn:legation:kind",
        "cameo": "urn:legation:cameo",
        "plover": "urn:legation:plover",
        "edtf": "urn:legation:edtf",
        "countryCode": "urn:legation:countryCode",
        "role": "urn:legation:role",
    });
    format!("{:#}\n", json!({ "@context": context, "@graph": graph }))
}

fn node(event: &EventRow) -> Value {
    let place = event.place.as_ref().map(|name| {
        let geo = event.latitude.zip(event.longitude).map(|(latitude, longitude)| {
            json!({ "@type": "GeoCoordinates", "latitude": latitude, "longitude": longitude })
        });
        bare(json!({ "@type": "Place", "name": name, "addressCountry": event.place_country, "geo": geo }))
    });
    bare(json!({
        "@id": urn(&event.id),
        "@type": "Event",
        "name": event.title,
        "kind": event.kind,
        "status": event.status,
        "startDate": event.earliest,
        "endDate": event.latest,
        "edtf": event.edtf,
        "cameo": event.cameo,
        "plover": event.plover,
        "location": place,
        "attendee": event.participants.iter().map(member).collect::<Vec<_>>(),
        "subjectOf": event.tellings.iter().map(article).collect::<Vec<_>>(),
    }))
}

fn member(member: &MemberRow) -> Value {
    bare(json!({
        "@type": "Thing",
        "@id": member.key.as_deref().map(urn),
        "name": member.name,
        "countryCode": member.country,
        "role": member.role,
    }))
}

fn article(account: &Account) -> Value {
    bare(json!({
        "@type": "NewsArticle",
        "@id": urn(&account.article),
        "url": account.url,
        "publisher": account.publisher,
        "datePublished": account.published,
        "abstract": account.quote,
    }))
}

/// Without what has no value.
fn bare(mut value: Value) -> Value {
    if let Some(fields) = value.as_object_mut() {
        fields.retain(|_, field| !field.is_null());
    }
    value
}
