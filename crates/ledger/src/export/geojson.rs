use serde_json::{Value, json};

use crate::query::EventRow;

/// Events with coordinates as GeoJSON (RFC 7946).
#[must_use]
pub fn geojson(events: &[EventRow]) -> String {
    let features: Vec<Value> = events.iter().filter_map(feature).collect();
    format!("{}\n", json!({ "type": "FeatureCollection", "features": features }))
}

fn feature(event: &EventRow) -> Option<Value> {
    let (latitude, longitude) = (event.latitude?, event.longitude?);
    Some(json!({
        "type": "Feature",
        "id": event.id,
        "geometry": { "type": "Point", "coordinates": [longitude, latitude] },
        "properties": {
            "kind": event.kind,
            "title": event.title,
            "status": event.status,
            "edtf": event.edtf,
            "place": event.place,
            "country": event.place_country,
            "articles": event.articles,
            "independent": event.independent,
        },
    }))
}
