use std::collections::BTreeMap;

use legation_knowledge::{Gazetteer, Sense};
use legation_record::Entity;

/// Where a place lies.
#[derive(Debug, Clone, PartialEq)]
pub struct Spot {
    /// First-level area, as GeoNames codes it: two letters of the country, a stop, the area's code.
    pub admin: Option<String>,
    /// Latitude and longitude in degrees (WGS 84).
    pub coordinates: (f64, f64),
}

/// The cities of the gazetteer among the entities, by their link.
pub(super) fn spots(gazetteer: &Gazetteer, entities: &[Entity]) -> BTreeMap<String, Spot> {
    let spots = entities.iter().filter_map(|entity| {
        let link = entity.link.as_ref().filter(|link| link.starts_with("place/"))?;
        Some((link.clone(), spot(gazetteer, &entity.name, entity.country.as_deref()?)?))
    });
    spots.collect()
}

fn spot(gazetteer: &Gazetteer, name: &str, country: &str) -> Option<Spot> {
    let city = |sense: &Sense| match sense {
        Sense::Place(at) => gazetteer.place_at(*at).filter(|place| place.country == country),
        _ => None,
    };
    let place = gazetteer.senses(name).iter().filter_map(city).max_by_key(|place| place.population)?;
    let state = gazetteer.state(country).map(|state| state.iso2.as_str());
    let admin = state.filter(|_| !place.admin1.is_empty()).map(|iso2| format!("{iso2}.{}", place.admin1));
    Some(Spot { admin, coordinates: (hundredths(place.latitude), hundredths(place.longitude)) })
}

/// The gazetteer has two decimals.
fn hundredths(degrees: f32) -> f64 {
    (f64::from(degrees) * 100.0).round() / 100.0
}
