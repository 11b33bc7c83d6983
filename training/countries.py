"""Names of states, from pycountry (ISO 3166) plus short forms and former states in common use."""

DEPENDENT = set("AI AQ AS AW AX BL BM BQ BV CC CK CW CX FK FO GF GG GI GL GP GS GU HK HM IM IO JE KY MF MO MP MQ MS "
                "NC NF NU PF PM PN PR RE SH SJ SX TC TF TK UM VG VI WF YT".split())
ALIASES = """U.S.|US|U.S|USA|U.S.A.|United States|United States of America|America|UK|U.K.|U.K|Britain|Great Britain|
United Kingdom|United Kingdom of Great Britain and Northern Ireland|Russia|Russian Federation|Iran|Islamic Republic of Iran|
South Korea|North Korea|DPRK|D.P.R.K.|ROK|Republic of Korea|Democratic People 's Republic of Korea|PRC|P.R.C.|
People 's Republic of China|People ’s Republic of China|Republic of China|Syria|Syrian Arab Republic|Palestine|State of Palestine|Taiwan|
Kosovo|Vatican|Vatican City|Holy See|Ivory Coast|Cote d'Ivoire|Côte d'Ivoire|Burma|Myanmar|DRC|DR Congo|Congo|Democratic Republic of the Congo|
Democratic Republic of Congo|Republic of the Congo|Czechia|Czech Republic|Laos|Vietnam|Viet Nam|Bolivia|Venezuela|Tanzania|
Moldova|Macedonia|North Macedonia|Republic of Macedonia|Turkey|Türkiye|Swaziland|Eswatini|Cape Verde|East Timor|Timor - Leste|
Soviet Union|USSR|U.S.S.R.|Yugoslavia|Czechoslovakia|East Germany|West Germany|Serbia and Montenegro|UAE|U.A.E.|Emirates|
United Arab Emirates|Saudi Arabia|Kingdom of Saudi Arabia|Saudi|Bahamas|Gambia|Netherlands|Holland|Philippines|Maldives|
Comoros|Seychelles|Marshall Islands|Solomon Islands|Federated States of Micronesia|Micronesia|Guinea - Bissau|Brunei|
Republic of Ireland|Republic of China|Republic of Iraq|Republic of India|Republic of Poland|State of Israel|State of Qatar|State of Kuwait|
Republic of Turkey|Republic of Türkiye|Republic of Indonesia|Republic of the Philippines|Islamic Republic of Pakistan|
Islamic Republic of Afghanistan|Federal Republic of Germany|French Republic|Kingdom of Bahrain|Sultanate of Oman|
Hashemite Kingdom of Jordan|Kingdom of Morocco|Arab Republic of Egypt|Republic of South Africa|Federative Republic of Brazil|
Republic of Serbia|Republic of Kosovo|Republic of Belarus|Republic of Kazakhstan|Republic of Armenia|Republic of Azerbaijan|
St. Lucia|Saint Lucia|St. Kitts and Nevis|St. Vincent and the Grenadines|Trinidad|Antigua|Bosnia|Bosnia & Herzegovina|
Commonwealth of Australia|Dominican Republic|Central African Republic|CAR|Papua New Guinea|PNG|RSA|Swiss Confederation"""


def country_names():
    """Every way this project's teacher data may name a state (tokens joined by one blank)."""
    import pycountry
    names = {a.strip() for a in ALIASES.replace("\n", "").split("|")}
    for country in pycountry.countries:
        if country.alpha_2 in DEPENDENT:
            continue
        for attribute in ("name", "common_name", "official_name"):
            value = getattr(country, attribute, None)
            if value and "," not in value and "(" not in value:
                names.add(value)
                names.add(value.replace("-", " - "))
    return names
